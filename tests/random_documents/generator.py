"""Whole documents at random: tables of all shapes, lists, quotations, boxes, code, long words and odd characters."""

from __future__ import annotations

from hypothesis import strategies as st

from docgen.problems import Origin, Problem, WriterError
from docgen.tree.document import (
    Alignment,
    Block,
    Caption,
    Code,
    CodeBlock,
    Division,
    Document,
    Emphasis,
    FieldRow,
    FieldTable,
    Heading,
    Inline,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Quote,
    Role,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
)
from docgen.writers import formats
from docgen.writers.formats import Writing
from tests.support.contents import repository
from tests.writers.test_pdf import one

_NO_ROOM = ("er for brede til siden", "hoved fylder mere end en halv side")
PLACE = Origin("content/cases/prove.yaml", 7, 3)
WORDS = st.one_of(
    st.sampled_from(
        (
            "og",
            "Økonomiforvaltningen",
            "Beskæftigelses- og Integrationsforvaltningen",
            "1.234.567",
            "-40,5",
            "(jf. bilag 2)",
            "§ 12, stk. 5",
            "31. december",
            "https://eksempel.dk/en/meget/lang-adresse_uden/mellemrum?med=svar&og=mere",
            "speciallægepraksisplanlægningssamarbejdsudvalg",
            "”citat”",
            "\N{NO-BREAK SPACE}pct.",
            "H₂O",
            "SKI-aftale",
        )
    ),
    st.text("abcdefghijklmnopqrstuvwxyzæøåéüABCÆØÅ0123456789.,:;!?()[]{}<>&\\/*_#'\"–-", min_size=1, max_size=40),
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map(" ".join).filter(str.strip)
SHORT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).filter(str.strip)
CELLS = st.one_of(
    st.just(""), st.just("-"), st.integers(-9_999_999, 9_999_999).map("{:,}".format), SHORT, SHORT, SHORT, TEXTS
)


HEADS = st.one_of(st.just(""), st.sampled_from(("2027", "Budget", "Regnskab 2026", "I alt", "Bevilling (nr. og navn)")))
TOTALS = st.sampled_from(("I alt", "Subtotal", "Heraf skoler", "Samlet måltal"))


def inlines(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Inline, ...]]:
    piece = st.one_of(
        texts.map(Text),
        texts.map(Text),
        texts.map(Code),
        texts.map(lambda text: Strong((Text(text),))),
        texts.map(lambda text: Emphasis((Text(text),))),
        st.just(LineBreak()),
    )
    return st.tuples(texts.map(Text), st.lists(piece, max_size=3)).map(lambda parts: (parts[0], *parts[1]))


PARAGRAPHS = inlines(TEXTS).map(lambda children: Paragraph(children, origin=PLACE))


POINTS = st.lists(inlines(SHORT).map(lambda found: ListItem((Paragraph(found, origin=PLACE),))), min_size=1, max_size=4)
CELL_BLOCKS = st.lists(
    st.one_of(PARAGRAPHS, st.builds(List, POINTS.map(tuple), ordered=st.booleans(), start=st.integers(1, 12))),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def rows_of_cells(
    draw: st.DrawFn, columns: int, count: int, texts: st.SearchStrategy[str], lists: int = 0
) -> list[TableRow]:
    """Rows that belong together: some of their cells take several columns or rows. The last column is of one row each,
    so that no row is without a cell. One cell in `lists` holds blocks (0 = none)."""
    taken: set[tuple[int, int]] = set()
    rows = []
    for y in range(count):
        cells = []
        for x in range(columns):
            if (y, x) in taken:
                continue
            free = next((n for n in range(x, columns) if (y, n) in taken), columns) - x
            wide = min(free, draw(st.sampled_from((1, 1, 1, 1, 2, 3))))
            high = 1 if x + wide == columns else min(count - y, draw(st.sampled_from((1, 1, 1, 1, 2, 3))))
            taken |= {(y + down, x + right) for down in range(high) for right in range(wide)}
            blocks = draw(CELL_BLOCKS) if lists and draw(st.integers(1, lists)) == 1 else ()
            text = draw(texts)
            children = (Text(text),) if text and not blocks else ()
            cells.append(TableCell(children, wide, high, blocks, origin=PLACE))
        rows.append(TableRow(tuple(cells), draw(st.sampled_from((0, 0, 0, 1, 2))), origin=PLACE))
    return rows


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, count = draw(st.integers(1, 9)), draw(st.integers(1, 30))
    is_plain = draw(st.booleans())
    if is_plain:
        cell = CELLS.map(lambda text: TableCell((Text(text),) if text else (), origin=PLACE))
        line = st.lists(cell, min_size=columns, max_size=columns).map(lambda row: TableRow(tuple(row), origin=PLACE))
        head = [TableRow(tuple(TableCell((Text(draw(SHORT)),), origin=PLACE) for _ in range(columns)), origin=PLACE)]
        body = draw(st.lists(line, min_size=1, max_size=4))
    else:
        head = draw(rows_of_cells(columns, draw(st.integers(1, 3)), HEADS))
        body = draw(rows_of_cells(columns, draw(st.integers(1, 4)), st.one_of(CELLS, TOTALS), 20))
    foot = [] if is_plain else draw(rows_of_cells(columns, draw(st.integers(0, 2)), CELLS))
    return Table(
        head[0],
        tuple(body * -(-count // len(body))),
        tuple(draw(st.lists(st.sampled_from(Alignment), min_size=columns, max_size=columns))),
        draw(st.none() | SHORT.map(lambda text: Caption((Text(text),), origin=PLACE))),
        subheaders=tuple(head[1:]),
        foot=tuple(foot),
        row_headers=draw(st.sampled_from((None, None, 0, 1, 2))),
        origin=PLACE,
    )


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(
        st.tuples(PARAGRAPHS, st.lists(inner, max_size=1)).map(lambda item: ListItem((item[0], *item[1]))),
        min_size=1,
        max_size=6,
    ).map(tuple)
    return st.one_of(
        st.builds(List, items, ordered=st.booleans(), start=st.integers(1, 30), tight=st.booleans()),
        some.map(lambda blocks: Quote(blocks, origin=PLACE)),
        some.map(lambda blocks: Division(Role.NOTE, blocks, origin=PLACE)),
    )


FIELDS = st.lists(st.tuples(SHORT, TEXTS), min_size=1, max_size=4).map(
    lambda rows: FieldTable(
        tuple(FieldRow((Text(label[:40]),), (Text(value),), origin=PLACE) for label, value in rows), origin=PLACE
    )
)
CODE = st.lists(st.text("abc =(){}\"'", max_size=60), min_size=1, max_size=5).map(
    lambda lines: CodeBlock("\n".join(["x", *lines, "x"]), origin=PLACE)
)
BLOCKS: st.SearchStrategy[Block] = st.recursive(st.one_of(PARAGRAPHS, tables(), FIELDS, CODE), _nested, max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of one to three chapters."""
    title = Title((Text(draw(SHORT)),), origin=PLACE)
    chapters: list[Block] = []
    for number in range(draw(st.integers(1, 3))):
        chapters.append(Heading(1, (Text(draw(SHORT)),), anchor=f"k{number}", origin=PLACE))
        chapters += draw(st.lists(BLOCKS, min_size=1, max_size=5))
    return one(title, *chapters)


def faults_of(document: Document) -> tuple[list[Problem], bool]:
    """What is wrong with a document in any format, and whether it is refused as it should be.

    A table may be too wide for any page, or its head too tall; nothing else is refused, no word is missed or covered.
    """
    project, faults, refused = repository(), list[Problem](), False
    for format in (formats.PDF, formats.DOCX, formats.HTML):
        writing = Writing(document, project.theme, project.template_files, lambda: b"{}", project.font_directories)
        try:
            format.begin(writing)()
        except WriterError as error:
            refused = True
            faults += [
                problem
                for problem in error.problems
                if problem.origin != PLACE or not any(message in problem.message for message in _NO_ROOM)
            ]
    return faults, refused
