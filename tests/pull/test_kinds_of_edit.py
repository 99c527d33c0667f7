"""Every kind of edit that a colleague makes in Word, tracked or not: each in its place in the YAML, or told with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from docgen.pipeline import Job
from docgen.project import Project
from docgen.pull.found import Outcome, Pulled
from docgen.pull.home import Wishes, bring_home
from docgen.readers.docx.document import read_word
from docgen.readers.docx.tracked import REJECTED
from docgen.structs import replace
from docgen.writers.docx.base_text import Base
from docgen.writers.formats import DOCX
from tests.pull.test_home import CASE
from tests.support import judges
from tests.support.contents import POLICY, repository, small_project
from tests.support.docx_reading import W
from tests.support.effort import tries
from tests.support.word_edits import (
    Change,
    bold,
    commented,
    deleted,
    inserted,
    joined,
    moved,
    paragraph_with,
    rewritten,
    split,
    typed,
)

TEXT = """\
Første afsnit med *vægt* og et [link](https://a.dk) til.

Andet afsnit: tal 13,9 mia. kr. i alt.

# Overskrift inde

- punkt et er her
- punkt to

Sidste afsnit.[^n]

| A | B |
|--|--|
| celle | 2 |

[^n]: En note."""
OWN, VALUE = "policies/eksempel/policy.yaml", "policies/eksempel/values/1-vaerdi.yaml"
ITEMS = "\n  - {id: to, lead: Mere., text: Og til.}\n"
_CHANGED = (
    (OWN, "text: Oversigtens tekst.", 'text: "Oversigtens tekst."'),
    (OWN, "text: Afgrænsningens tekst.", "text: >-\n    Afgrænsningens\n    tekst."),
    (OWN, "origin_of_wording: Eksempel til prøver.", "origin_of_wording: 'Eksempel til prøver.'"),
)


@cache
def policy() -> Project:
    """A small policy with a value in every style of YAML."""
    first = small_project(introduction=TEXT)
    files = dict(first.content_files)
    for path, before, after in _CHANGED:
        assert before.encode() in files[path]
        files[path] = files[path].replace(before.encode(), after.encode())
    files[VALUE] = files[VALUE].rstrip() + ITEMS.encode()
    return replace(first, content_files=files)


Place = tuple[str, ...]
Kind = tuple[str, Callable[[str], Change], Outcome, Place]
P, C, INTRODUCTION = POLICY, CASE, ("introduction", "text")


def words(before: str, after: str, number: int = 0) -> Callable[[str], Change]:
    return lambda author: typed(before, after, author, number)


def retyped(author: str) -> Change:
    """A whole paragraph typed over; in Word, its bookmark is lost with it where nothing is tracked."""

    def change(root: etree._Element) -> None:
        typed("Andet afsnit: tal 13,9\xa0mia.\xa0kr. i alt.", "Noget ganske andet.", author)(root)
        paragraph = paragraph_with(root, "Noget ganske")
        for mark in paragraph.findall(f"{W}bookmarkStart") if not author else ():
            paragraph.remove(mark)

    return change


YES, MADE = Outcome.WRITTEN, Outcome.COMPUTED
PROBLEM, ANNEX = ("sections", "@problem", "text"), ("annexes", "@indkoebspolitik", "title")
COUNCIL = ("bodies", "@oekonomiudvalget", "name")
KINDS: dict[str, Kind] = {
    "a word in a block": (P, words("Første afsnit", "Det første afsnit"), YES, INTRODUCTION),
    "the text after a lead": (P, words("Indsatsens", "Hele indsatsens"), YES, ("focus_areas", "@indsats", "text")),
    "the lead": (P, words("Gøre noget", "Gøre alt"), YES, ("focus_areas", "@indsats", "lead")),
    "a new paragraph": (P, lambda by: inserted("Andet afsnit", 'Et *nyt* "afsnit"', by), YES, INTRODUCTION),
    "a value in double quotes": (P, words("Oversigtens tekst", 'Den "hele": oversigt'), YES, ("overview", "text")),
    "a computed value": (P, words("2022", "2023"), MADE, ("date",)),
    "a footnote": (P, words("En note", "En bedre note"), YES, INTRODUCTION),
    "a text shown twice": (P, words("i én sætning", "i to sætninger"), YES, ("statement",)),
    "an item deleted": (P, lambda by: deleted("Mere. Og til", by), YES, ("focus_areas", "@to")),
    "the title of a card": (P, words("Værdien", "Den nye værdi", 1), YES, ("title",)),
    "a name of a register": (C, words("Økonomiudvalget", "Udvalget"), Outcome.SHARED, COUNCIL),
    "a one-line field split": (P, lambda by: split("Værdien i én", by), Outcome.UNPROVED, ("statement",)),
    "a whole paragraph": (P, retyped, YES, INTRODUCTION),
    "bold alone": (P, lambda by: bold("Oversigtens tekst", by), Outcome.LOOKS, ("overview", "text")),
    "a heading shown many times": (P, words("Eksempelpolitik", "Ny politik"), YES, ("title",)),
    "words with hard spaces": (P, words("13,9", "14,25"), YES, INTRODUCTION),
    "words beside a citation": (C, words("vedtog indkøbspolitikken", "vedtog den"), YES, PROBLEM),
    "a citation": (C, words("bilag\xa01", "bilag 7"), MADE, PROBLEM),
    "an item of a list in a text added": (P, lambda by: inserted("punkt et", "et nyt punkt", by), YES, INTRODUCTION),
    "an item of a list in a text deleted": (P, lambda by: deleted("punkt to", by), YES, INTRODUCTION),
    "a heading of the profile": (C, words("Problemstilling", "Problemet"), Outcome.SHARED, ("cases", "sections")),
    "a sentence that all have": (C, words("ingen økonomiske", "få økonomiske"), YES, ("sections", "@finance", "text")),
    "a heading in a text": (P, words("Overskrift inde", "En anden overskrift"), YES, INTRODUCTION),
    "a folded field": (P, words("Afgrænsningens", "Hele afgrænsningens"), YES, ("scope", "text")),
    "paragraphs joined": (P, lambda by: joined("punkt et", by), YES, INTRODUCTION),
    "the title of an annex": (C, words("Kommunes indkøb", "Byens indkøb", -1), YES, ANNEX),
    "a value in single quotes": (P, words("til prøver", "til alle prøver: 'x'"), YES, ("origin_of_wording",)),
    "a status": (P, words("Udkast", "Vedtaget"), MADE, ("status",)),
    "a cell of a table in a text": (P, words("celle", "felt | to"), YES, INTRODUCTION),
    "an item of a list in YAML": (
        P,
        words("Beslutter politikken", "Beslutter alt"),
        YES,
        ("roles", "@byraadet", "responsibilities", "@beslutter", "text"),
    ),
    "a paragraph moved": (P, lambda by: moved("Første afsnit", "Andet afsnit"), YES, INTRODUCTION),
}  # fmt: skip


@cache
def sent(document: str) -> tuple[Project, bytes, Base]:
    project = policy() if document == POLICY else repository()
    job = Job(project, document)
    return project, job.write(DOCX), job.base


def edited(kind: str, author: str) -> bytes:
    """The Word file with an edit."""
    document, edit, _, _ = KINDS[kind]
    data = sent(document)[1]
    part = "word/footnotes.xml" if kind == "a footnote" else "word/document.xml"
    return rewritten(data, edit(author), part)


def brought(kind: str, data: bytes) -> Pulled:
    document = KINDS[kind][0]
    project, _, base = sent(document)
    return bring_home(project, document, read_word("x.docx", data), base, Wishes(structural=True))


def faults(kind: str, pulled: Pulled) -> list[str]:
    """What is wrong in what an edit brought: nothing, where it is in its place and alone."""
    _, _, outcome, path = KINDS[kind]
    found = [] if pulled.changes else ["nothing is told"]
    for change in pulled.changes:
        if change.outcome is not outcome or change.path[: len(path)] != path:
            found.append(f"{change.outcome} at {'.'.join(change.path)}: {change.note}")
        if outcome is not YES and not change.note:
            found.append("nothing says why")
    if bool(pulled.files) is not (outcome is YES):
        found.append(f"files: {sorted(pulled.files)}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("author", ["", "Bo Jensen"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_edit_comes_to_its_place(kind: str, author: str) -> None:
    data = edited(kind, author)
    pulled = brought(kind, data)
    assert faults(kind, pulled) == []
    if author and kind != "a paragraph moved":
        project, _, base = sent(KINDS[kind][0])
        rejected = read_word("x.docx", data, REJECTED)
        assert bring_home(project, KINDS[kind][0], rejected, base, Wishes(structural=True)).changes == ()


@pytest.mark.parametrize("author", ["Ane", "Bo Jensen"])
def test_a_comment_comes_to_its_place_and_changes_nothing(author: str) -> None:
    project, data, base = sent(POLICY)
    word = read_word("x.docx", commented(data, "Andet afsnit", "Passer *det*?", author))
    pulled = bring_home(project, POLICY, word, base, Wishes(structural=True))
    assert (pulled.changes, pulled.files) == ((), {})
    assert [(one.author, one.text, one.path) for one in pulled.remarks] == [(author, "Passer *det*?", INTRODUCTION)]


@pytest.mark.judge
def test_each_kind_comes_to_its_place_through_libreoffice(tmp_path: Path) -> None:
    judges.require_soffice()
    both = [(kind, author) for kind in KINDS for author in ("", "Bo Jensen")]
    chosen = both[:: 64 // tries(64)]
    paths = []
    for number, (kind, author) in enumerate(chosen):
        paths.append(tmp_path / f"{number}.docx")
        paths[-1].write_bytes(edited(kind, author))
    (tmp_path / "after").mkdir()
    done = judges.soffice_all(paths, "docx:MS Word 2007 XML", tmp_path / "after", 600)
    wrong = {
        f"{kind}, {author or 'not tracked'}": found
        for (kind, author), path in zip(chosen, done, strict=True)
        if (found := faults(kind, brought(kind, path.read_bytes())))
    }
    assert wrong == {}
