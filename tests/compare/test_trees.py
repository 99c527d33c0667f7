"""Two trees as one: with all changes accepted it is the new one, with all rejected the old one."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from docgen.compare.trees import compare, resolve
from docgen.compare.words import look_of
from docgen.pipeline import build_tree
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import (
    Alignment,
    Block,
    Caption,
    Change,
    Contents,
    Division,
    Document,
    Heading,
    Inline,
    Link,
    Note,
    NoteReference,
    Paragraph,
    Role,
    Table,
    TableCell,
    TableRow,
    Text,
    headings,
    lines,
    plain_text,
    stretches,
    walk,
)
from docgen.tree.text import dump
from tests.compare.edits import pairs
from tests.support.contents import repository
from tests.support.effort import tries
from tests.support.examples_project import example_tree, renderings

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # whole documents shrink for minutes


def _paragraph(*texts: str) -> Paragraph:
    return Paragraph(children=tuple(map(Text, texts)))


def _document(*blocks: Block, notes: tuple[Note, ...] = ()) -> Document:
    return replace(example_tree(next(iter(renderings()))), blocks=blocks, notes=notes, fingerprint="")


def _shown(document: Document) -> list[tuple[str, object]]:
    """What a reader sees of a document: its texts with their stress, and of what sort of node each is."""
    return [
        (type(node).__name__, look_of(node.shown if isinstance(node, Caption) else line))
        for node in walk(document)
        if not isinstance(node, Contents)
        for line in lines(node)
        if plain_text(line) or any(isinstance(inline, NoteReference) for inline in line)
    ]


def _same(found: Document, wanted: Document) -> None:
    assert _shown(found) == _shown(wanted)


@pytest.mark.slow
@given(pair=pairs())
@settings(max_examples=tries(60), deadline=None, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
def test_accepted_it_is_the_new_tree_and_rejected_the_old(pair: tuple[Document, Document]) -> None:
    old, new = pair
    document = compare(old, new).document
    _same(resolve(document, Change.INSERTED), new)
    _same(resolve(document, Change.DELETED), old)
    _same(compare(new, new).document, new)


@cache
def _real_trees() -> dict[str, Document]:
    found = {str(id): build_tree(repository(), id) for id in _ids(repository())}
    return found | {name: example_tree(name) for name in list(renderings())[::3]}


def _ids(project: Project) -> Iterator[str]:
    for id, model in project.content.documents.items():
        yield from map(str, project.kinds[id.kind].ids(id.name, model))


@pytest.mark.slow
def test_any_two_real_documents_are_compared() -> None:
    trees = _real_trees()
    for old, new in itertools.permutations(trees.values(), 2):
        document = compare(old, new).document
        _same(resolve(document, Change.INSERTED), new)
        rejected = str(_shown(resolve(document, Change.DELETED)))
        assert rejected.replace(new.fingerprint, old.fingerprint) == str(_shown(old))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["policy/indkoebspolitik-2023-2026", "guide/brugervejledning", "follow-up/2024"])
def test_a_document_against_itself_has_no_change(name: str) -> None:
    tree = build_tree(repository(), name)
    assert dump(compare(tree, tree).document) == dump(tree)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("I alt 10,7 mia. kr.", "I alt 11,7 mia. kr.", "I alt -[10,7 mia. kr.]+[11,7 mia. kr.]"),
        ("Fra 1. maj 2026 i år", "Fra 2. maj 2026 i år", "Fra -[1. maj 2026]+[2. maj 2026] i år"),
        ("efter § 12 i loven", "efter § 13 i loven", "efter -[§ 12]+[§ 13] i loven"),
        ("sagen 2026-0012345 er ny", "sagen 2026-0012346 er ny", "sagen -[2026-0012345]+[2026-0012346] er ny"),
        (
            "Kravet gælder alle biler i byen",
            "Kravet gælder alle busser i byen",
            "Kravet gælder alle -[biler]+[busser] i byen",
        ),
        (
            "det er en stor og dyr sag for os alle her",
            "det er en lille og billig sag for os alle her",
            "det er en -[stor og dyr]+[lille og billig] sag for os alle her",
        ),
    ],
)
def test_what_a_reader_sees_of_a_changed_line(old: str, new: str, shown: str) -> None:
    found = compare(_document(_paragraph(old)), _document(_paragraph(new))).document
    [block] = found.blocks
    assert isinstance(block, Paragraph)
    assert _marked(block.children) == shown


def _marked(line: tuple[Inline, ...]) -> str:
    signs = {Change.NONE: "{}", Change.INSERTED: "+[{}]", Change.DELETED: "-[{}]"}
    return "".join(signs[change].format(text) for text, change in stretches(line))


def test_a_word_that_is_gone_from_a_link_stands_inside_it() -> None:
    def linked(text: str) -> Document:
        return _document(Paragraph(children=(Text("Se "), Link((Text(text),), "https://kk.dk"), Text(" for mere."))))

    [block] = compare(linked("kommunens hjemmeside i dag"), linked("kommunens side i dag")).document.blocks
    assert isinstance(block, Paragraph)
    links = [inline for inline in block.children if isinstance(inline, Link)]
    assert len(links) == 1
    assert plain_text(links[0].children) == "kommunens side i dag"
    assert plain_text(links[0].children, deleted=True) == "kommunens hjemmesideside i dag"


def test_a_row_is_new_or_gone_as_a_whole() -> None:
    def table(*rows: tuple[str, str]) -> Document:
        made = [TableRow(cells=tuple(TableCell(children=(Text(word),)) for word in row)) for row in rows]
        return _document(Table(header=made[0], rows=tuple(made[1:]), alignments=(Alignment.LEFT, Alignment.LEFT)))

    old = table(("Område", "mio. kr."), ("Drift", "10,7"), ("Anlæg", "3,1"))
    new = table(("Område", "mio. kr."), ("Drift", "10,7"), ("Byggeri og veje", "7,5"), ("Anlæg", "3,1"))
    [block] = compare(old, new).document.blocks
    assert isinstance(block, Table)
    assert [row.change for row in block.rows] == [Change.NONE, Change.INSERTED, Change.NONE]


def test_notes_are_paired_by_their_words_and_numbered_as_they_are_shown() -> None:
    def noted(*notes: str) -> Document:
        marks = tuple(
            part for number, _ in enumerate(notes, 1) for part in (Text(f"ord {number}"), NoteReference(number))
        )
        return _document(Paragraph(children=marks), notes=tuple(Note(blocks=(_paragraph(note),)) for note in notes))

    found = compare(noted("Se loven om indkøb.", "Se klimaplanen."), noted("Se klimaplanen.")).document
    assert [note.change for note in found.notes] == [Change.DELETED, Change.NONE]
    assert [plain_text(lines(note.blocks[0])[0]) for note in resolve(found, Change.INSERTED).notes] == [
        "Se klimaplanen."
    ]


def test_contents_and_plain_text_are_those_of_the_new_version() -> None:
    def headed(*words: str) -> Document:
        return _document(*(Heading(level=1, children=(Text(word),), anchor=word.lower()) for word in words))

    found = compare(headed("Indledning", "Klima og miljø i byen", "Afgrænsning"), headed("Indledning", "Klima i byen"))
    assert [plain_text(heading.children) for heading in headings(found.document)] == ["Indledning", "Klima i byen"]
    assert len({heading.anchor for heading in headings(found.document)}) == 2


def test_a_renumbered_caption_shows_both_numbers() -> None:
    def captioned(number: int) -> Document:
        row = TableRow(cells=(TableCell(children=(Text("a"),)),))
        caption = Caption(children=(Text("Kommunens indkøb i 2021"),), label=f"Tabel {number}.")
        return _document(Table(header=row, rows=(row,), alignments=(Alignment.LEFT,), caption=caption))

    [table] = compare(captioned(1), captioned(2)).document.blocks
    assert isinstance(table, Table)
    assert table.caption is not None
    assert unicodedata.normalize("NFKC", plain_text(table.caption.shown)) == "Tabel 2. Kommunens indkøb i 2021"
    assert _marked(table.caption.shown) == "Tabel -[1]+[2]. Kommunens indkøb i 2021"


def test_a_division_is_compared_inside() -> None:
    def lead(words: str) -> Document:
        return _document(Division(role=Role.LEAD, blocks=(_paragraph(words),)))

    [block] = compare(lead("Vi køber ind for alle."), lead("Vi køber grønt ind for alle.")).document.blocks
    assert isinstance(block, Division)
    assert block.change is Change.NONE
