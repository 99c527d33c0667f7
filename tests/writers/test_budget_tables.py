"""The tables of a case's economy section, typed with lines and pasted from a spreadsheet: one and the same table."""

from __future__ import annotations

import pytest

from docgen.tree.document import Document, Table, TableCell, plain_text
from docgen.tree.table_shape import RowKind, shape_of
from tests.writers.test_faults_tables import built
from tests.writers.test_table_shapes import table, tables

PLAIN, TOTAL, PART = RowKind.PLAIN, RowKind.TOTAL, RowKind.SECTION
SHAPES: dict[str, tuple[str, list[RowKind]]] = {
    "consequences": (
        (
            "|At-punkt|Udvalg|Bevilling (nr. og navn)|I/U|2027|2028|I alt|Varig? ja/nej|\n|-|-|-|-|-:|-:|-:|-|\n"
            "|2|KTU|2000 Ordinær anlæg|U|4.000|6.000|10.000|Nej|\n"
            "|2|ØU|2500 Finansposter|U|-4.000|-6.000|-10.000|Nej|\n|I alt|-|-|-|0|0|0|-|"
        ),
        [PLAIN, PLAIN, TOTAL],
    ),
    "release of funds": (
        (
            "|Udvalg|Aktivitet/projekt|Bevilling|I/U|1.000 kr. (2026 p/l), 2026-2027|\n|-|-|-|-|-:|\n"
            "|KTU|Anlæg|2000|U|10.000|\n|I alt|-|-|U|10.000|\n|KTU|Anlæg|2000|I|-4.000|\n|I alt|-|-|I|-4.000|"
        ),
        [PLAIN, TOTAL, PLAIN, TOTAL],
    ),
    "a lasting grant": (
        (
            "|Udvalg|Bevilling|I/U|2027|2028 og frem|Varig? ja/nej|\n|-|-|-|-:|-:|-|\n"
            "|SUND|3000 Pleje|U|2.000|2.500|Ja|\n|SUND|3000 Pleje|I|-500|-500|Ja|"
        ),
        [PLAIN, PLAIN],
    ),
    "with function numbers": (
        (
            "|Udvalg|Projekt|Bevilling|Funktion|2029|2030|I alt|\n|-|-|-|-|-:|-:|-:|\n"
            "|SUND|Montering|Anlæg|0.25.18.3||5.000|5.000|"
        ),
        [PLAIN],
    ),
    "closed accounts": (
        (
            "|Projekt|Afslutning|Anlægsbevilling|Rådighedsbeløb|Forbrug|Afvigelse|Procent|\n|-|-|-:|-:|-:|-:|-:|\n"
            "|A|2024|3.000|4.000|3.400|600|15,0%|"
        ),
        [PLAIN],
    ),
    "forecast": (
        (
            "|1.000 kr.|Korrigeret budget (1)|Forventet regnskab (2)|Afvigelse (3)=(1)-(2)|\n|-|-:|-:|-:|\n"
            "|Service|600.000*|590.000|10.000|\n|Finansposter|-40.000|-40.000|0|\n|I alt|560.000|550.000|10.000|"
        ),
        [PLAIN, PLAIN, TOTAL],
    ),
    "a committee each": (
        (
            "|Mio. kr., 2027 p/l|Service|Nettoanlæg|Overførsler mv.|\n|-|-:|-:|-:|\n|SOC|7.000|80|-300|\n"
            "|I alt|7.000|80|-300|"
        ),
        [PLAIN, TOTAL],
    ),
    "parts with subtotals": (
        (
            "|Mio. kr.|2027|\n|-|-:|\n|**Inden for modellen**||\n|Ramme|3.000|\n|Heraf skoler|900|\n"
            "|Måltal inden for|3.000|\n|**Uden for modellen**||\n|Veje|100|\n|Samlet måltal|3.100|"
        ),
        [PART, PLAIN, PLAIN, PLAIN, PART, PLAIN, TOTAL],
    ),
    "measures": (
        (
            "|Nr.|Tiltag|Pris 2027|Pris 2028|Gevinst|\n|-|-|-:|-:|-|\n|1|Kryds|200|300|Bedre afvikling|\n"
            "|Total||200|300||\n|SUM|||500||"
        ),
        [PLAIN, TOTAL, TOTAL],
    ),
}
"""Shapes of committees' economy sections, with invented figures -> what each row of the body is."""


def pasted(typed: str, *, whole: bool) -> str:
    """A typed table as a spreadsheet copies it; without the tabs at the ends of its lines, where it is not `whole`."""
    head, _, *rows = ["\t".join(row[1:-1].split("|")) for row in typed.split("\n")]
    return "\n".join(row if whole else row.rstrip("\t") for row in (head, *rows))


def cells(found: Table) -> list[list[str]]:
    return [[_words(cell) for cell in row.cells] for row in (found.header, *found.rows)]


def _words(cell: TableCell) -> str:
    return plain_text(cell.children)


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "kinds"), SHAPES.values(), ids=SHAPES)
def test_a_pasted_table_is_the_one_that_would_be_typed(typed: str, kinds: list[RowKind]) -> None:
    shape = shape_of(table(typed))
    assert [line.kind for line in shape.body] + [line.kind for line in shape.foot] == kinds
    for whole in (True, False):
        found = table(pasted(typed, whole=whole))
        assert cells(found) == cells(table(typed))
        assert [line.kind for line in (*shape_of(found).body, *shape_of(found).foot)] == kinds


@pytest.mark.parametrize("after", ["Kilde: Økonomiforvaltningen.", "Note: Tallene er afrundet."])
def test_the_lines_around_a_pasted_table_are_no_rows(after: str) -> None:
    rows = "Mio. kr.\t2027\nRamme\t3.000\n**Uden for modellen**\nVeje\t100"
    document = built(f"Tabel: Rammer\n{rows}\n{after}\n\nEt afsnit.")
    (found,) = tables(document)
    assert [row[0] for row in cells(found)] == ["Mio. kr.", "Ramme", "Uden for modellen", "Veje"]
    assert found.caption is not None
    assert "Rammer" in plain_text(found.caption.children)
    assert after.rstrip(".") in _text(document)


def test_a_line_under_a_pasted_table_is_a_paragraph() -> None:
    document = built("Mio. kr.\t2027\nRamme\t3.000\nResten følger senere.")
    (found,) = tables(document)
    assert [row[0] for row in cells(found)] == ["Mio. kr.", "Ramme"]
    assert "Resten følger senere" in _text(document)


def test_a_table_with_more_columns_is_another_one() -> None:
    first, second = tables(built("Post\t2027\nRamme\t3\nPost\t2027\t2028\nVeje\t1\t2"))
    assert (len(first.alignments), len(second.alignments)) == (2, 3)


def _text(document: Document) -> str:
    from docgen.tree.text import dump

    return dump(document, places=False)
