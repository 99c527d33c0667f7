"""Names that a follow-up uses of the registers and of other documents: each is there, and was there on its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.follow_up.model import FollowUp
from docgen.problems import Problem


def check_administration(id: str, follow_up: FollowUp, organisation: Organisation) -> Iterator[Problem]:
    """A Problem where an id is none of an administration's on the report's day."""
    known = [str(body.id) for body in organisation.bodies if body.kind == "administration"]
    yield from _body(id, "forvaltningen", known, follow_up, organisation)


def check_body(id: str, follow_up: FollowUp, organisation: Organisation) -> Iterator[Problem]:
    """A Problem where an id is no body's on the report's day."""
    yield from _body(id, "organet", [str(body.id) for body in organisation.bodies], follow_up, organisation)


def _body(
    id: str, what: str, known: Sequence[str], follow_up: FollowUp, organisation: Organisation
) -> Iterator[Problem]:
    if str(id) not in known:
        yield unknown(id, what, known)
        return
    try:
        organisation.body(id, follow_up.date)
    except KeyError:
        yield Problem(place_of(id), f"'{id}' fandtes ikke på rapportens dato", "ret id eller date")


def unknown(id: str, what: str, known: Sequence[str]) -> Problem:
    """What is wrong with an id that nothing has, and which there are."""
    hint = meant(str(id), known, f"vælg {', '.join(known[:8]) or 'intet'}")
    return Problem(place_of(id), f"{what} '{id}' findes ikke", hint)
