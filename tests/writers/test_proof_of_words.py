"""Every word of the tree is in what is published: a layout that loses, hides or covers one is refused at its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import Origin, WriterError
from docgen.structs import replace
from docgen.tree.document import (
    Alignment,
    Document,
    Figure,
    Note,
    NoteReference,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    Text,
)
from docgen.tree.document import texts as all_texts
from docgen.writers import formats
from docgen.writers.docx import blocks as docx_blocks
from docgen.writers.docx import tables as docx_tables
from docgen.writers.formats import Format, Writing
from docgen.writers.pdf.drawn import read_pages
from docgen.writers.words import lacking, letters, short
from tests.support.contents import repository, tree_of
from tests.support.effort import tries
from tests.support.trees import every_node
from tests.writers.test_pdf import one

ROWS = (("Forvaltning", "Kroner"), ("Kultur", "1.250"), ("Teknik", "980"))


def at(line: int) -> Origin:
    return Origin("content/cases/prove.yaml", line, 3)


def row(line: int, cells: tuple[str, ...]) -> TableRow:
    return TableRow(tuple(TableCell((Text(cell),), origin=at(line)) for cell in cells), origin=at(line))


def sample() -> Document:
    """A paragraph (line 10), a table (lines 20 to 22) and a paragraph with a note (lines 30 and 40)."""
    header, *rows = (row(20 + number, cells) for number, cells in enumerate(ROWS))
    return one(
        Paragraph((Text("Udvalget behandler sagen i dag."),), origin=at(10)),
        Table(header=header, rows=tuple(rows), alignments=(Alignment.LEFT, Alignment.RIGHT), origin=at(20)),
        Paragraph((Text("Beløbene er netto"), NoteReference(1), Text(".")), origin=at(30)),
        notes=(Note(blocks=(Paragraph((Text("Uden moms."),), origin=at(40)),), origin=at(40)),),
    )


def drawn_by(changes: dict[str, str], document: Document) -> bytes:
    """A PDF of a layout program with some words changed."""
    project = repository()
    program = project.template_files["theme/layout.typ"].decode()
    for before, after in changes.items():
        assert before in program, before
        program = program.replace(before, after)
    files = {**project.template_files, "theme/layout.typ": program.encode()}
    return formats.PDF.begin(Writing(document, project.theme, files, lambda: b"{}", project.font_directories))()


SMALL_CELL = 'let cell(c) = text(number-width: "tabular", inlines(c))'
LAST = "else { par(inlines(node.children)) }"
COLUMNS = 'node.alignments.zip(node.widths).map(((name, width)) => if name == "left" { width * 1fr } else { auto })'
SABOTAGE = {
    "a row is dropped": ({"node.rows.flatten()": "node.rows.slice(1).flatten()"}, 21, "kommer ikke med"),
    "a paragraph is lost": ({LAST: "else { }"}, 10, "kommer ikke med"),
    "a note is lost": (
        {"#footnote(notes(item.number))": "#footnote([x])"},
        40,
        "kommer ikke med",
    ),
    "a block is clipped": (
        {"sticky: node.sticky, width: 100%, [#place-label": "height: 12pt, clip: true, [#place-label"},
        22,
        "skåret af",
    ),
    "a block lies below the page": (
        {LAST: "else { block(breakable: false, { v(690pt); par(inlines(node.children)) }) }"},
        10,
        "højde",
    ),
    "text is white": ({SMALL_CELL: SMALL_CELL.replace("text(", "text(fill: white, ")}, 21, "samme farve"),
    "text is transparent": (
        {SMALL_CELL: SMALL_CELL.replace("text(", "text(fill: black.transparentize(100%), ")},
        21,
        "usynlig",
    ),
    "text has no size": ({SMALL_CELL: SMALL_CELL.replace("text(", "text(size: 0.01pt, ")}, 21, "punkt"),
    "text is scaled away": (
        {SMALL_CELL: "let cell(c) = scale(4%, reflow: true, inlines(c))"},
        21,
        "punkt",
    ),
    "text is covered": (
        {LAST: "else { par(inlines(node.children)); place(top, rect(width: 100%, height: 200pt, fill: white)) }"},
        10,
        "dækket",
    ),
    "cells lie over each other": ({COLUMNS: "(30pt, 30pt)"}, 20, "trykt oven i"),
    "paragraphs lie over each other": ({LAST: "else { place(top, par(inlines(node.children))) }"}, 30, "trykt oven i"),
    "rows are in another order": ({"node.rows.flatten()": "node.rows.rev().flatten()"}, 22, "plads"),
    "a paragraph is there twice": (
        {LAST: "else { par(inlines(node.children)); par(inlines(node.children)) }"},
        10,
        "gange",
    ),
    "text is beside the page": ({LAST: "else { move(dx: 260pt, par(inlines(node.children))) }"}, 10, "bredde"),
}


def test_what_is_whole_is_not_refused() -> None:
    assert drawn_by({}, sample()).startswith(b"%PDF")
    assert drawn_by({}, every_node()).startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "line", "message"), SABOTAGE.values(), ids=SABOTAGE.keys())
def test_a_word_that_cannot_be_read_is_told_at_its_place(changes: dict[str, str], line: int, message: str) -> None:
    with pytest.raises(WriterError) as refused:
        drawn_by(changes, sample())
    told = [problem for problem in refused.value.problems if message in problem.message]
    assert line in [problem.origin.line for problem in told], refused.value.problems
    assert all(problem.hint for problem in told)


def test_two_alike_are_two() -> None:
    """A text that stands twice is not found where it is drawn once."""
    twice = replace(sample(), blocks=(*sample().blocks, Paragraph((Text("Kultur"),), origin=at(50))))
    assert drawn_by({}, twice)
    with pytest.raises(WriterError, match="Kultur"):
        drawn_by({"node.rows.flatten()": "node.rows.slice(1).flatten()"}, twice)


@pytest.mark.slow
@pytest.mark.parametrize(
    "id",
    [
        "policy/indkoebspolitik-2023-2026",
        "guide/brugervejledning",
        "meeting/2022-12-01-br/dagsorden",
        "follow-up/2023",
    ],
)
def test_what_is_read_back_is_what_another_program_reads(id: str) -> None:
    """The same words in the same places on the same pages as PDFium has them, but for what tells the lines apart."""
    data = written(formats.PDF, tree_of(id))
    drawn = read_pages(data)
    document = pdfium.PdfDocument(data)
    for number, page in enumerate(document):
        text = page.get_textpage()
        ours = [line for line in drawn if line.page == number]
        missing = Counter(letters(text.get_text_bounded())) - Counter(letters("".join(line.text for line in ours)))
        assert not missing or id.startswith("follow-up")  # its pictures have words of their own
        assert all(line.page_size == pytest.approx(page.get_size(), abs=0.1) for line in ours)
        for line in ours:
            left, bottom, right, top = line.box
            assert letters(line.shown) in letters(text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1))


def test_the_words_of_a_picture_are_its_own() -> None:
    """However small and close they are: it is the author's, who has seen it."""
    words = "".join(f'<text x="{n}" y="9" font-size="2">tæt</text>' for n in range(6))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20">{words}</svg>'.encode()
    assert drawn_by({}, one(Figure(svg, "image/svg+xml", "Ord oven i hinanden", origin=at(10))))


@given(words=st.lists(st.text("ab()\\\\[]<>/é\u0301fiæøå0123456789", min_size=1, max_size=12), min_size=1, max_size=90))
@settings(max_examples=tries(25))
def test_signs_that_have_a_meaning_in_a_pdf_are_read_back(words: list[str]) -> None:
    """Brackets and backslashes, and so many glyphs that their numbers are brackets and backslashes, too."""
    many = "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0x17F), *range(0x391, 0x3A1), *range(0x410, 0x44F)]))
    every = [many.replace("\N{SOFT HYPHEN}", "")[n : n + 20] for n in range(0, len(many), 20)]
    paragraphs = [Paragraph((Text(word),), origin=at(9)) for word in [*every, *words] if letters(word)]
    assert written(formats.PDF, one(*paragraphs))


# -- Word and the web page --------------------------------------------------------------------------------------


def written(format: Format, document: Document, files: dict[str, bytes] | None = None) -> bytes:
    project = repository()
    given = {**project.template_files, **(files or {})}
    return format.begin(Writing(document, project.theme, given, lambda: b"{}", project.font_directories))()


@pytest.mark.parametrize("format", [formats.DOCX, formats.HTML], ids=["docx", "html"])
def test_a_whole_file_is_not_refused(format: Format) -> None:
    assert written(format, sample())
    assert written(format, every_node())


PAGE_SABOTAGE = {
    "a row is dropped": ('<tr><th scope="row">Kultur</th><td class="right">1.250</td></tr>', ""),
    "a paragraph is lost": ("<p>Udvalget behandler sagen i dag.</p>", ""),
    "text is hidden": ('<th scope="row">Kultur</th>', '<th scope="row" hidden>Kultur</th>'),
    "text is white": ('<th scope="row">Kultur</th>', "<th style='color: white'>Kultur</th>"),
    "text has no size": ('<th scope="row">Kultur</th>', "<th style='font-size: 0'>Kultur</th>"),
    "text is not drawn": ('<th scope="row">Kultur</th>', "<th style='display: none'>Kultur</th>"),
    "text is clear": ('<th scope="row">Kultur</th>', "<th style='opacity:0'>Kultur</th>"),
    "text is clipped away": ('<th scope="row">Kultur</th>', "<th style='clip-path: inset(50%)'>Kultur</th>"),
    "text is beside the page": ('<th scope="row">Kultur</th>', "<th style='text-indent: -9999px'>Kultur</th>"),
    "text is read to nobody": ('<th scope="row">Kultur</th>', "<th aria-hidden='true'>Kultur</th>"),
    "words are swapped": ("Udvalget behandler sagen", "Sagen behandler udvalget"),
    "a figure is another": ("1.250", "1.205"),
}


@pytest.mark.parametrize(("before", "after"), PAGE_SABOTAGE.values(), ids=PAGE_SABOTAGE.keys())
def test_a_page_that_loses_a_word_is_refused(before: str, after: str) -> None:
    page = repository().template_files["theme/page.html.j2"].decode()
    changed = page.replace(
        "{{ content }}", f"{{{{ content.replace({json.dumps(before)}, {json.dumps(after)}) | safe }}}}"
    )
    assert changed != page
    with pytest.raises(WriterError, match=r"prove.yaml:(10|21):3: teksten '.*' kommer ikke med i websiden"):
        written(formats.HTML, sample(), {"theme/page.html.j2": changed.encode()})


PAGE_DISORDER = {
    "a paragraph comes too late": ("<p>Udvalget behandler sagen i dag.</p>", "", "står ikke på sin plads"),
    "a paragraph is there twice": ("", "<p>Udvalget behandler sagen i dag.</p>", "står for mange gange"),
}


@pytest.mark.parametrize(("lost", "more", "fault"), PAGE_DISORDER.values(), ids=PAGE_DISORDER.keys())
def test_a_page_in_another_order_or_with_more_is_refused(lost: str, more: str, fault: str) -> None:
    page = repository().template_files["theme/page.html.j2"].decode()
    last = more or lost
    changed = page.replace("{{ content }}", f"{{{{ content.replace({json.dumps(lost or '§')}, '') | safe }}}}{last}")
    with pytest.raises(WriterError, match=rf"teksten '.*' {fault} i websiden"):
        written(formats.HTML, sample(), {"theme/page.html.j2": changed.encode()})


def test_figures_in_each_others_cells_are_refused() -> None:
    page = repository().template_files["theme/page.html.j2"].decode()
    swap = "{{ content.replace('1.250', '§').replace('980', '1.250').replace('§', '980') | safe }}"
    with pytest.raises(WriterError, match=r"prove.yaml:22:3: teksten '980' står ikke på sin plads i websiden"):
        written(formats.HTML, sample(), {"theme/page.html.j2": page.replace("{{ content }}", swap).encode()})


def _written_twice(*arguments: Any, **options: Any) -> str:
    return 2 * _written(*arguments, **options)


_written = docx_blocks.write_paragraph


def _rows_reversed(style: Any, rows: list[str], *arguments: Any, **options: Any) -> str:
    return _table(style, rows[::-1], *arguments, **options)


_table = docx_tables.table
WORD_DISORDER = {
    "a paragraph is there twice": ("docgen.writers.docx.writer.write_paragraph", _written_twice, "for mange gange"),
    "rows are in another order": ("docgen.writers.docx.tables.table", _rows_reversed, "ikke på sin plads"),
}


@pytest.mark.parametrize(("name", "broken", "fault"), WORD_DISORDER.values(), ids=WORD_DISORDER.keys())
def test_a_word_file_in_another_order_or_with_more_is_refused(
    name: str, broken: Callable[..., str], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name, broken)
    with pytest.raises(WriterError, match=rf"teksten '.*' står {fault} i Word-filen"):
        written(formats.DOCX, sample())


WORD_SABOTAGE: dict[str, tuple[str, Callable[..., str], int]] = {
    "a row is dropped": ("docgen.writers.docx.tables.row", lambda cells, *_, **__: "", 20),
    "a paragraph is lost": ("docgen.writers.docx.writer.write_paragraph", lambda *_, **__: "", 10),
    "text is hidden": ("docgen.writers.docx.inlines._run_properties", lambda *_: "<w:vanish/>", 10),
    "text is white": ("docgen.writers.docx.inlines._run_properties", lambda *_: '<w:color w:val="FFFFFF"/>', 10),
    "text has no size": ("docgen.writers.docx.inlines._run_properties", lambda *_: '<w:sz w:val="1"/>', 10),
    "text is nearly white": ("docgen.writers.docx.inlines._run_properties", lambda *_: '<w:color w:val="FEFEFE"/>', 10),
    "text is the paper's": (
        "docgen.writers.docx.inlines._run_properties",
        lambda *_: '<w:color w:val="auto" w:themeColor="background1"/>',
        10,
    ),
    "text is deleted": ("docgen.writers.docx.inlines.run", lambda *_, **__: "<w:del><w:r/></w:del>", 10),
}


@pytest.mark.parametrize(("name", "broken", "line"), WORD_SABOTAGE.values(), ids=WORD_SABOTAGE.keys())
def test_a_word_file_that_loses_a_word_is_refused(
    name: str, broken: Callable[..., str], line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name, broken)
    with pytest.raises(WriterError, match=rf"prove.yaml:{line}:3: teksten '.*' kommer ikke med i Word-filen"):
        written(formats.DOCX, sample())


@pytest.mark.parametrize("format", [formats.DOCX, formats.HTML, formats.PDF], ids=["docx", "html", "pdf"])
@given(texts=st.lists(st.text("abcæøå .,-1", max_size=30), min_size=1, max_size=6), columns=st.integers(1, 3))
@settings(max_examples=tries(40))
def test_whatever_is_written_is_found(format: Format, texts: list[str], columns: int) -> None:
    cells = tuple((text,) * columns for text in texts)
    rows = tuple(row(number, tuple(t or "x" for t in one)) for number, one in enumerate(cells, 1))
    paragraphs = [Paragraph((Text(text),), origin=at(9)) for text in texts if text.strip()]
    table = Table(header=rows[0], rows=rows[1:], alignments=(Alignment.LEFT,) * columns, origin=at(1))
    assert written(format, one(*paragraphs, table))


# -- words alone --------------------------------------------------------------------------------------------------

HINT = "ret skabelonen, hvis den er jeres egen; ellers er det en fejl i docgen"


def words_of(*, without: int | None = None) -> list[str]:
    """The texts of the document with every node, but for those that no file shows as text, and perhaps one."""
    found = [text for text in all_texts(every_node()) if not text.startswith("Søjler: den ene")]
    return [text for number, text in enumerate(found) if number != without]


def told(found: list[str]) -> list[str]:
    return [str(problem) for problem in lacking(every_node(), found, "filen")]


def test_each_text_that_a_file_lacks_is_told_whatever_it_is() -> None:
    whole = words_of()
    assert told(whole) == []
    for number, text in enumerate(whole):
        (problem,) = told(words_of(without=number))
        assert problem.endswith(f"kommer ikke med i filen; {HINT}"), text


def test_what_stands_elsewhere_or_too_often_is_told_at_its_place() -> None:
    whole = words_of()
    at = whole.index("Et afsnit mere fra samme felt.")
    assert told([*whole, whole[at]]) == [
        f"content/eksempel.yaml:13:3: teksten '{whole[at]}' står for mange gange i filen; {HINT}"
    ]
    assert told([whole[-1], *whole[:-1]])[0].endswith(f"står ikke på sin plads i filen; {HINT}")
    assert told([*whole, "Eksempel Kommune", "Første kapitel"]) == [], (
        "what stands around the text, and in the contents"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [("kort", "kort"), ("x" * 50, "x" * 50), ("x" * 51, "x" * 48 + " …"), (" to \n  linjer ", "to linjer")],
)
def test_a_long_text_is_cut_in_a_message(text: str, shown: str) -> None:
    assert short(text) == shown
