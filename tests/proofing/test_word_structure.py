"""Lists and tables of a Word file: what a text says of them, sums, and the points of a recommendation."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.table import Table

from docgen.content.settings import HouseStyle
from docgen.proofing.proofread import Chosen, find
from docgen.proofing.readers import file_passages
from docgen.proofing.rule import Reading
from tests.support.contents import repository


def codes(path: Path) -> dict[str, str]:
    """What is found in a Word file: by code the words."""
    content = repository().content
    passages = file_passages(path.name, path.read_bytes())
    reading = Reading(passages, HouseStyle(), content.organisation, content.glossary, None, foreign=True)
    found = find(reading, Chosen().rules())
    return {one.rule.code: one.hit.passage.text[one.hit.start : one.hit.end] for one in found}


def fill(table: Table, *rows: tuple[str, ...]) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text


@pytest.mark.parametrize(("items", "found"), [(3, {}), (4, {"DG216": "tre"})])
def test_a_list_has_as_many_items_as_the_text_says(items: int, found: dict[str, str], tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph("Planen har tre mål:")
    for word in ("færre kørsler", "bedre data", "mindre spild", "flere træer")[:items]:
        paper.add_paragraph(word, style="List Bullet")
    paper.add_paragraph("Målene er nye.")
    paper.save(str(tmp_path / "sag.docx"))
    assert codes(tmp_path / "sag.docx") == found


@pytest.mark.parametrize(
    ("told", "number", "found"),
    [("14,1", "1", {}), ("14,2", "1", {"DG218": "14,2"}), ("14,1", "3", {"DG104": "tabel 3"})],
)
def test_a_text_agrees_with_the_table_beside_it(told: str, number: str, found: dict[str, str], tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph(f"I 2025 købte kommunen ind for {told} mia. kr., som tabel {number} viser.")
    fill(paper.add_table(3, 2), ("År", "Indkøb (mia. kr.)"), ("2024", "13,8"), ("2025", "14,1"))
    paper.save(str(tmp_path / "sag.docx"))
    assert codes(tmp_path / "sag.docx") == found


def test_a_total_is_the_sum_of_its_rows_but_not_over_subtotals(tmp_path: Path) -> None:
    paper = Document()
    fill(paper.add_table(5, 2), ("Område", "Svar"), ("A", "235"), ("B", "13"), ("C", "4"), ("I alt", "251"))
    paper.add_paragraph("Udgifter og indtægter står i hver sin række.")
    rows = (("Post", "U/I", "2026"), ("Løn", "U", "100"), ("Husleje", "U", "50"), ("Gebyrer", "I", "-20"))
    fill(paper.add_table(6, 3), *rows, ("Udgifter i alt", "U", "150"), ("I alt", "", "130"))
    paper.save(str(tmp_path / "sag.docx"))
    assert codes(tmp_path / "sag.docx") == {"DG219": "251"}


def test_points_of_a_numbered_list_begin_with_at(tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph("Økonomiforvaltningen indstiller,")
    paper.add_paragraph("at planen godkendes,", style="List Number")
    paper.add_paragraph("der afsættes 2 mio. kr. til formålet.", style="List Number")
    paper.add_paragraph("Sagen er vigtig.")
    paper.save(str(tmp_path / "sag.docx"))
    assert codes(tmp_path / "sag.docx") == {"DG107": "der"}
