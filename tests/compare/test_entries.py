"""The list of changes says where each is, and leaves nothing out that a reader would see."""

from __future__ import annotations

import datetime

import pytest

from docgen.compare.entries import Entry, Sort, entries
from docgen.compare.trees import compare
from docgen.tree.document import (
    Alignment,
    Block,
    Caption,
    Document,
    Figure,
    Heading,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    Text,
)
from tests.support.trees import SVG


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(Text(text),))


def changes(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Entry]:
    """What is listed of two documents with a chapter each."""

    def made(blocks: tuple[Block, ...]) -> Document:
        head = Heading(level=1, children=(Text("Økonomi"),), anchor="oekonomi")
        return Document(id="case/x", title="X", date=datetime.date(2026, 1, 1), blocks=(head, *blocks))

    return list(entries(compare(made(old), made(new))))


def table(*rows: tuple[str, str]) -> Table:
    made = tuple(TableRow(cells=tuple(TableCell(children=(Text(word),)) for word in row)) for row in rows)
    caption = Caption(children=(Text("Budget"),), label="Tabel 2.")
    return Table(header=made[0], rows=made[1:], alignments=(Alignment.LEFT, Alignment.RIGHT), caption=caption)


def test_a_figure_in_a_table_is_told_with_table_and_row() -> None:
    old = table(("Område", "2026"), ("Drift", "10,7"), ("Anlæg", "3,1"))
    new = table(("Område", "2026"), ("Drift", "10,7"), ("Anlæg", "3,4"))
    [found] = changes((old,), (new,))
    assert (found.sort, found.chapter, found.where) == (Sort.FIGURE, "Økonomi", "Tabel 2 › rækken Anlæg")
    assert (found.before, found.now) == ("3,1", "3,4")


def test_what_comes_after_a_table_is_not_told_as_in_it() -> None:
    budget = table(("Område", "2026"), ("Drift", "10,7"))
    [found] = changes((budget, paragraph("Det er dyrt for alle.")), (budget, paragraph("Det er billigt for alle.")))
    assert found.where == ""


def picture(alt: str, *, decorative: bool = False) -> Figure:
    return Figure(data=SVG, media_type="image/svg+xml", alt=alt, decorative=decorative)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ((picture("Et kort"),), "Et kort"),
        ((picture("", decorative=True),), "et billede uden beskrivelse"),
        ((table(("a", "b"), ("c", "d")),), "Tabel 2. Budget (tabel med 1 række og 2 kolonner)"),
    ],
)
def test_what_is_new_is_told_also_without_words(new: tuple[Block, ...], told: str) -> None:
    [found] = changes((), new)
    assert (found.sort, found.now) == (Sort.NEW, told)


def test_where_a_page_ends_is_no_change() -> None:
    assert changes((), (PageBreak(),)) == []


def test_the_number_that_a_list_begins_with_is_read_and_so_told() -> None:
    items = tuple(ListItem(blocks=(paragraph(word),)) for word in ("Vi måler det", "Vi følger op"))
    found = changes((List(items=items, ordered=True),), (List(items=items, ordered=True, start=3),))
    assert found != []


def test_a_link_that_leads_elsewhere_is_told_with_both_addresses() -> None:
    def linked(target: str) -> tuple[Block, ...]:
        return (Paragraph(children=(Text("Læs om det på "), Link((Text("siden"),), target), Text("."))),)

    [found] = changes(linked("https://www.kk.dk"), linked("https://www.kl.dk"))
    assert found.sort is Sort.LINK
    assert found.before.endswith("→ https://www.kk.dk")
    assert found.now.endswith("→ https://www.kl.dk")
