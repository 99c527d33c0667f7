"""A committee's declaration to the council, and how the council reads it (the governing statute § 12)."""

from __future__ import annotations

from collections.abc import Sequence

from docgen import danish
from docgen.content.computed import computed
from docgen.content.profile import CaseProfile
from docgen.kinds.case.decisions import NameOf, fill
from docgen.kinds.case.model import Condition, Treatment
from docgen.structs import Struct


class Declared(Struct, frozen=True):
    """A declaration in paragraphs, its lead-in first."""

    paragraphs: tuple[str, ...]


def declared(
    treatment: Treatment, lead_in: str, body: str, special: Sequence[str], profile: CaseProfile, name: NameOf
) -> Declared:
    """The declaration of a treatment. `special` are the committees that recommend, by name."""
    words = profile.declarations
    said = [
        computed(fill(words.sentence, udvalg=body, betingelse=condition_words(item, special, profile, name)), item)
        for item in treatment.declaration
    ]
    return Declared((lead_in, *said))


def read_by_council(
    conditions: Sequence[Condition], special: Sequence[str], profile: CaseProfile, name: NameOf
) -> tuple[str, ...]:
    """The same conditions as the council's paper has them, the first worded otherwise than the next."""
    words = profile.declarations
    return tuple(
        computed(
            fill(words.next if number else words.first, betingelse=condition_words(item, special, profile, name)), item
        )
        for number, item in enumerate(conditions)
    )


def condition_words(item: Condition, special: Sequence[str], profile: CaseProfile, name: NameOf) -> str:
    """A condition as it follows its "at": its own words, or a stock one with the committees filled in."""
    if item.text is not None:
        return item.text
    names = [name(id) for id in item.of] or list(special)
    pattern = profile.declarations.stock.get(str(item.stock), "")
    each = danish.enumerate(names)
    if len(names) > 1:
        each = fill(profile.declarations.joint, fagudvalg=each)
    return fill(pattern, fagudvalgets=danish.genitive(each), fagudvalg=each)
