"""Judges of the tables that committees have: cells over several columns and rows, heads of several rows, lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.writers import formats
from tests.support.docx_strictness import word_problems
from tests.support.judges import conformance_failures, office_problems, require_verapdf
from tests.support.page_judges import nu_problems, page_faults
from tests.writers.test_faults_tables import built, written
from tests.writers.test_table_shapes import GRANT, PARTS

TWO_LABELS = """\
| Udvalg | Område | 2027 |
|===|===|--:|
| Kultur | museer | 10 |
| ^^ | biblioteker | 20 |
| Teknik | << | 30 |
"""
SHAPES = {"grant": GRANT, "parts": PARTS, "labels": TWO_LABELS, "long": PARTS.rstrip() + "\n| Vej | 1 |" * 60}


@pytest.mark.judge
def test_a_pdf_of_every_shape_conforms(tmp_path: Path) -> None:
    require_verapdf()
    files = [tmp_path / f"{name}.pdf" for name in SHAPES]
    for file, text in zip(files, SHAPES.values(), strict=True):
        file.write_bytes(written(built(text), formats.PDF))
    assert conformance_failures(files) == []


@pytest.mark.judge
def test_a_page_of_every_shape_is_accessible_and_html(tmp_path: Path) -> None:
    file = tmp_path / "tabeller.html"
    file.write_bytes(written(built("\n".join((GRANT, PARTS, TWO_LABELS))), formats.HTML))
    assert page_faults([file]) == []
    assert nu_problems([file]) == []


@pytest.mark.judge
def test_a_word_file_of_every_shape_is_open_xml(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.docx" for name in SHAPES]
    for file, text in zip(files, SHAPES.values(), strict=True):
        file.write_bytes(written(built(text), formats.DOCX))
    assert office_problems(files) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_a_word_file_of_every_shape_is_as_the_standard_wants(text: str) -> None:
    assert word_problems(written(built(text), formats.DOCX)) == []
