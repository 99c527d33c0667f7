"""What an import makes: the files of a document, and every place that somebody should look at before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.content.unfilled import UNWRITTEN
from docgen.structs import Struct

Fields = Mapping[str, Any]


class Remark(Struct, frozen=True, kw_only=True):
    """A place to look at: the page (from 0) and line (from 1; 0: not known) of the source, the box round it (left,
    bottom, right, top in points) where it is a PDF, what stands there, how it is read, why that is in doubt, and the
    field that it came to (a file's path and the path in it)."""

    why: str
    source: str = ""
    reading: str = ""
    page: int = -1
    line: int = 0
    box: tuple[float, float, float, float] | None = None
    file: str = ""
    path: tuple[str, ...] = ()


class Draft(Struct, frozen=True, kw_only=True):
    """The files of a document by their paths in the content folder, each as its fields, and what is to be looked at:
    `remarks` are places of the source, `missing` what the source does not say, `left_out` what of it is in no file."""

    files: Mapping[str, Fields]
    remarks: tuple[Remark, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    words: int = 0
    pages: int = 0


def unwritten(what: str) -> str:
    """What stands where the source has nothing."""
    return f"{UNWRITTEN} {what}".strip()
