"""What a Word file brought home, as the page shows it: by what became of it, and both texts of what is in conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.content.scalar import Scalar
from docgen.problems import DocgenError, Origin
from docgen.pull.found import Change, Outcome, Pulled
from docgen.pull.takings import ASKED
from docgen.studio.answers import Answer
from docgen.studio.drafts import Drafts
from docgen.studio.forms import NoFieldError, Spot, shown

_TITLES: Mapping[Outcome, str] = {
    Outcome.CONFLICT: "Rettet både i Word og her: vælg selv",
    Outcome.WRITTEN: "Rettelser",
    Outcome.STRUCTURE: "Afsnit og punkter, der er kommet til eller er væk: skrives, når du sætter krydset",
    Outcome.ALREADY: "Står der allerede",
    Outcome.SHARED: "I ord, som alle dokumenter deler: ret dem i indstillingerne",
    Outcome.TEMPLATE: "I skabelonens ord: de bliver ikke rettet her",
    Outcome.COMPUTED: "I ord, docgen laver: ret det, de er lavet af",
    Outcome.HOMELESS: "Har ingen plads i dokumentet; skriv det selv ind",
    Outcome.UNPROVED: "Kan ikke skrives sikkert; ret det selv",
    Outcome.LOOKS: "Kun udseende",
    Outcome.SHOWN: "Vist, men ikke skrevet",
}
"""What becomes of changes, in the order in which they matter to whoever reads them."""


def as_groups(drafts: Drafts, pulled: Pulled) -> Iterator[Answer]:
    """What a file brought, by what became of it; its places are those of the session."""
    for outcome, title in _TITLES.items():
        changes = [_change(drafts, one) for one in pulled.changes if one.outcome is outcome]
        if changes:
            yield {"outcome": outcome.value, "title": title, "changes": changes}


def _change(drafts: Drafts, change: Change) -> Answer:
    told: Answer = {
        "before": change.before,
        "after": change.after,
        "note": "" if ASKED in change.note else change.note,
        "by": change.by,
        "file": "",
        "path": [],
        "words": "",
    }
    spot = _spot(drafts, change)
    if spot is None:
        return told
    told |= {"file": spot.file, "path": list(spot.path), "words": " › ".join(words for words, _ in spot.crumbs)}
    if change.outcome is Outcome.CONFLICT and spot.is_single and change.theirs:
        told |= {
            "mine": shown(spot.shape, spot.value),
            "theirs": shown(spot.shape, Scalar(change.theirs, Origin(change.file))),
        }
    return told


def _spot(drafts: Drafts, change: Change) -> Spot | None:
    """The field that a change is in; None where there is none any more."""
    try:
        return drafts.spot(change.file, change.path) if change.path else None
    except (NoFieldError, DocgenError):
        return None
