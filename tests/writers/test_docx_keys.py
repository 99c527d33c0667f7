"""The keys by which a paragraph of a Word file is found again in its source: what comes before it changes none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import pipeline
from docgen.content.settings import HouseStyle
from docgen.problems import Origin
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Block, Caption, Document, Heading, Inline, Paragraph, Span, Table, Text
from docgen.tree.typography import correct_text, typeset
from docgen.writers import formats
from docgen.writers.docx.writer import write_document
from tests.support.contents import POLICY, document_ids, repository, small_project, tree_of
from tests.support.docx_reading import bookmark_texts, docx_manifest
from tests.support.effort import tries
from tests.writers.test_docx import PNG

NEW = Origin("content/ny.yaml", 1, 1, ("ny",))
STYLE = HouseStyle()


def _cell(*inlines: Inline, origin: Origin = NEW) -> tree.TableCell:
    return tree.TableCell(inlines, origin=origin)


def _table(*rows: tuple[tree.TableCell, ...], caption: Caption | None) -> Table:
    header, *others = (tree.TableRow(cells, origin=cells[0].origin) for cells in rows)
    alignments = (tree.Alignment.LEFT,) * len(header.cells)
    return Table(header, tuple(others), alignments, caption, origin=header.origin)


IN_FRONT: dict[str, Block] = {
    "table": _table((_cell(Text("Ny")),), (_cell(Text("1")),), caption=Caption((Text("Ny tabel"),), origin=NEW)),
    "figure": tree.Figure(PNG, "image/png", "Nyt", Caption((Text("Ny figur"),), origin=NEW), origin=NEW),
    "paragraph": Paragraph((Text("Nyt afsnit."),), origin=NEW),
    "heading": Heading(1, (Text("Baggrund"),), origin=NEW),
    "list": tree.List((tree.ListItem((Paragraph((Text("Nyt punkt"),), origin=NEW),), origin=NEW),), origin=NEW),
}


def manifest(document: Document) -> dict[str, dict[str, Any]]:
    """What the Word file of a tree says of each of its keys, all of which are in its text."""
    data = write_document(typeset(document, STYLE), repository().theme, repository().template_files, "b")
    found = docx_manifest(data)
    assert set(found) == set(bookmark_texts(data))
    return found


def without_drawing(document: Document) -> Document:
    """A document whose pictures are drawn already: to draw one takes longer than all the rest."""

    def change(node: Any) -> Any:
        node = tree.map_children(node, change)
        return replace(node, data=PNG, media_type="image/png") if isinstance(node, tree.Figure) else node

    return replace(document, blocks=tuple(map(change, document.blocks)))


@pytest.mark.slow
@pytest.mark.parametrize("id", document_ids())
def test_what_is_put_in_front_changes_no_key(id: str) -> None:
    document = without_drawing(tree_of(id))
    before, after = manifest(document), manifest(replace(document, blocks=(*IN_FRONT.values(), *document.blocks)))
    assert len(before) > 10
    assert {key: after.get(key) for key in before} == before
    assert len(after) == len(before) + 7


@pytest.mark.slow
def test_labels_count_what_is_put_in_front() -> None:
    """So that the test above tests something: the numbers that readers see do change."""
    document = tree_of("follow-up/2024")
    longer = typeset(replace(document, blocks=(IN_FRONT["table"], *document.blocks)), STYLE)
    captions = [node.caption for node in tree.walk(longer) if isinstance(node, Table) and node.caption]
    assert [caption.label for caption in captions] == [
        f"Tabel\u00a0{number}." for number in range(1, len(captions) + 1)
    ]
    assert not any("Tabel" in tree.plain_text(caption.children) for caption in captions[1:])


def test_a_copy_in_front_changes_the_keys_of_its_own_origin_alone() -> None:
    document = tree_of("policy/indkoebspolitik-2023-2026")
    twice = next(block for block in document.blocks if isinstance(block, Heading))
    before, after = manifest(document), manifest(replace(document, blocks=(twice, *document.blocks)))
    changed = {tuple(before[key]["path"]) for key in before if after.get(key) != before[key]}
    assert changed <= {twice.origin.path}
    assert len(after) == len(before) + 1


# -- generated trees ----------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["Navn", "Tal", "ja", "2024", "et punkt", "–", "at "])
PATHS = st.sampled_from([(), ("a",), ("a", "text"), ("b", "@et", "title")])


@st.composite
def origins(draw: st.DrawFn) -> Origin:
    path = draw(PATHS)
    return Origin("content/a.yaml" if path else "templates/a.md.j2", draw(st.integers(1, 3)), 1, path)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Inline, ...]:
    plain: list[Inline] = [Text(word) for word in draw(st.lists(WORDS, min_size=1, max_size=3))]
    inserted = draw(st.lists(st.tuples(WORDS, st.booleans()), max_size=2))
    spans: list[Inline] = [
        Span((Text(word),), computed=True) if computed else tree.Strong((Span((Text(word),), NEW),))
        for word, computed in inserted
    ]
    return tuple(draw(st.permutations(plain + spans)))


def _paragraphs() -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, lines(), origin=origins(), ordinal=st.integers(0, 2), id=st.sampled_from(["", "et"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    rows = draw(st.integers(2, 4))
    cells = [tuple(_cell(*draw(lines()), origin=draw(origins())) for _ in range(width)) for _ in range(rows)]
    caption = draw(st.none() | st.builds(Caption, lines(), origin=origins()))
    return _table(*cells, caption=caption)


def _holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    blocks = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(st.builds(tree.ListItem, blocks), min_size=1, max_size=3).map(tuple)
    roles = st.sampled_from([tree.Role.NOTE, tree.Role.CAPTION, tree.Role.COLOPHON])
    return (
        st.builds(tree.List, items, ordered=st.booleans())
        | st.builds(tree.Division, roles, blocks)
        | st.builds(tree.Quote, blocks)
    )


def _fields() -> st.SearchStrategy[tree.FieldTable]:
    rows = st.lists(st.builds(tree.FieldRow, lines(), lines(), origin=origins()), min_size=1, max_size=3)
    return st.builds(tree.FieldTable, rows.map(tuple))


LEAVES = _paragraphs() | tables() | _fields() | st.builds(Heading, st.just(1), lines(), origin=origins())
DOCUMENTS = st.lists(st.recursive(LEAVES, _holding, max_leaves=6), min_size=1, max_size=6).map(
    lambda blocks: Document(id="x/y", title="T", date=date(2024, 1, 31), blocks=tuple(blocks))
)


@pytest.mark.slow
@settings(max_examples=tries(80), deadline=None)
@given(document=DOCUMENTS, kind=st.sampled_from(sorted(IN_FRONT)))
def test_nor_does_it_in_any_tree(document: Document, kind: str) -> None:
    before, after = manifest(document), manifest(replace(document, blocks=(IN_FRONT[kind], *document.blocks)))
    assert {key: after.get(key) for key in before} == before


@pytest.mark.slow
@settings(max_examples=tries(40), deadline=None)
@given(document=DOCUMENTS)
def test_what_is_computed_is_no_part_of_a_key_that_has_words(document: Document) -> None:
    """As long as it stands in words of the template, or in a text with a place or a name."""

    def change(node: Any) -> Any:
        node = tree.map_children(node, change)
        for name in ("children", "label", "value"):
            if isinstance(line := getattr(node, name, None), tuple):
                node = replace(node, **{name: tuple(map(_recomputed, line))})
        return node

    changed = replace(document, blocks=tuple(map(change, document.blocks)))
    before, after = manifest(document), manifest(changed)
    lost = [entry for key, entry in before.items() if key not in after]
    assert all(_only_computed(entry) for entry in lost)


def _recomputed(inline: Inline) -> Inline:
    return replace(inline, children=(Text("9"),)) if isinstance(inline, Span) and inline.computed else inline


def _only_computed(entry: dict[str, Any]) -> bool:
    """Whether a text with no place has no letters beside what was inserted."""
    left = entry["text"]
    for span in reversed(entry.get("spans", ())):
        left = left[: span["start"]] + left[span["end"] :]
    return not entry["path"] and (entry["kind"] in ("cell", "value") or not any(map(str.isalnum, left)))


# -- in a content string ------------------------------------------------------------------------------------------

PARAGRAPHS = st.lists(st.sampled_from(["Et afsnit.", "Et til.", "- punkt\n- punkt til", "> Citat."]), max_size=5)
FIRST = st.sampled_from(
    [
        "Tabel: Ny\n\n| A | B |\n|--|--|\n| 1 | 2 |\n\nKilde: os.",
        "| A | B |\n|--|--|\n| 1 | 2 |",
        "Figur: Et kort\n\n![Et kort](images/kort.svg)",
        '![Et kort](images/kort.svg "Kort")',
        "```\nkode\n```",
    ]
)


def written(text: str) -> dict[str, dict[str, Any]]:
    """The manifest of the small policy with a text for its introduction."""
    project = small_project(introduction=text)
    return docx_manifest(pipeline.write(project, pipeline.build_tree(project, POLICY), formats.DOCX))


@pytest.mark.slow
@settings(max_examples=tries(15), deadline=None)
@given(paragraphs=PARAGRAPHS, first=FIRST)
def test_a_table_or_figure_first_in_a_text_changes_no_key_of_the_text(paragraphs: list[str], first: str) -> None:
    text = "\n\n".join(["Begyndelsen.", *paragraphs])
    before, after = written(text), written(f"{first}\n\n{text}")
    stays = {key: entry for key, entry in before.items() if entry["kind"] != "value"}  # the fingerprint
    assert {key: after.get(key) for key in stays} == stays


@pytest.mark.parametrize("note", ["[^a]: En note.", "[^a]: En note.\n\n    - med punkt\n    - og punkt til"])
def test_a_note_changes_no_other_key_of_the_text(note: str) -> None:
    before = written("Et.\n\n- punkt\n\nTo.[^b]\n\n[^b]: Noten.")
    after = written(f"Et.[^a]\n\n- punkt\n\nTo.[^b]\n\n{note}\n\n[^b]: Noten.")
    kept = {key: entry for key, entry in before.items() if entry["text"] in ("punkt", "To.")}
    assert len(kept) == 2
    assert {key: after[key] for key in kept} == kept


def test_every_block_of_a_text_has_a_number_of_its_own_sort() -> None:
    found = [
        (entry["kind"], entry["ordinal"], entry["text"])
        for entry in written(
            "Et.\n\n- a\n\n  mere\n- b\n\nTabel: T\n\n| A | B |\n|--|--|\n| 1 | 2 |\n\nKilde: K.\n\nKilde: L.\n\n"
            "To.[^n]\n\n> C.\n\n[^n]: N.\n\n    O."
        ).values()
        if entry["path"] == ["introduction", "text"]
    ]
    assert sorted(found) == [
        *[("caption", 0, "T"), ("cell", 0, "A"), ("cell", 1, "B"), ("cell", 2, "1"), ("cell", 3, "2")],
        *[("item", 0, "a"), ("item", 1, "b"), ("note paragraph", 0, "N."), ("note paragraph", 1, "O.")],
        *[("paragraph", 0, "Et."), ("paragraph", 1, "mere"), ("paragraph", 2, "To."), ("paragraph", 3, "C.")],
        *[("source", 0, "Kilde: K."), ("source", 1, "Kilde: L.")],
    ]


# -- what was inserted --------------------------------------------------------------------------------------------


@given(text=st.text(alphabet=" .-–\"'„1234ab\n", max_size=30), cuts=st.lists(st.integers(0, 30), max_size=4))
def test_inserted_words_are_set_as_they_are_read(text: str, cuts: list[int]) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts} | {len(text)})
    pieces = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    inlines = tuple(
        Span((Text(piece),), computed=True) if number % 2 else Text(piece) for number, piece in enumerate(pieces)
    )
    for style in (HouseStyle(), HouseStyle(range="dash")):
        document = Document(id="x", title="", date=date(2024, 1, 1), blocks=(Paragraph(inlines),))
        (done,) = typeset(document, style).blocks
        assert isinstance(done, Paragraph)
        assert tree.plain_text(done.children) == correct_text(text, style)
        assert [type(inline) for inline in done.children] == [type(inline) for inline in inlines]


def test_a_citation_stands_in_the_manifest_as_its_author_wrote_it() -> None:
    found = manifest(without_drawing(tree_of("follow-up/2024")))
    cited = [(entry, span) for entry in found.values() for span in entry.get("spans", ()) if span.get("written")]
    assert cited
    for entry, span in cited:
        assert span["written"].startswith("{tal:")
        assert span["computed"]
        assert span["path"] == entry["path"]
        assert span["written"] not in entry["text"]
