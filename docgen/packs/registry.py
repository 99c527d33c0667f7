"""Which documents a pack is made of, and where it lies: a case with its annexes, and a whole meeting."""

from __future__ import annotations

from collections.abc import Callable

from docgen.packs import case, meeting
from docgen.packs.parts import Pack
from docgen.pipeline import Job
from docgen.structs import Struct


class PackKind(Struct, frozen=True):
    """A pack: whether it can be made of a rendering, and what makes it."""

    applies: Callable[[Job], bool]
    write: Callable[[Job], Pack]


PACKS = (PackKind(meeting.is_meeting, meeting.write_pack), PackKind(case.has_annexes, case.write_pack))
"""The kinds of pack; the first that applies is made."""


def find_pack(job: Job) -> PackKind | None:
    """The pack that can be made of a rendering. Raises as `Job` does."""
    return next((pack for pack in PACKS if pack.applies(job)), None)
