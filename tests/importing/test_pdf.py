"""Pages of a PDF that carries nothing but what is drawn on them, in the order in which they are read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from docgen.importing.from_pdf import read_pdf_blocks
from docgen.kinds.policy.model import Policy
from docgen.readers.blocks import Sort
from docgen.writers.formats import PDF
from tests.importing.test_import_command import docgen, folder, give, policy_of, squeezed
from tests.support.contents import REAL_POLICY, repository, written
from tests.support.page_judges import page_faults

__all__ = ["folder"]


def bare(data: bytes, *, with_tags: bool = False) -> bytes:
    """A PDF without what it carries, and without its tags but where these are wanted: pages alone."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for key in ("/AF",) if with_tags else ("/AF", "/StructTreeRoot", "/MarkInfo"):
        writer.root_object.pop(key, None)
    writer.root_object.get("/Names", {}).pop("/EmbeddedFiles", None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.slow
def test_a_designed_policy_is_read_by_its_layout(folder: Path) -> None:
    path = give(folder, bare(written(REAL_POLICY, PDF)), "politik.pdf")
    result = docgen(folder, "import", path, "--as", "policy/stoej-2031")
    assert result.exit_code == 0, result.output
    found, own = policy_of(folder), repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    assert found.title == own.title
    assert [value.title for value in found.values] == [value.title for value in own.values]
    assert [squeezed(value.statement) for value in found.values] == [squeezed(value.statement) for value in own.values]
    leads = [[squeezed(area.lead) for area in value.focus_areas] for value in found.values]
    assert leads == [[squeezed(area.lead) for area in value.focus_areas] for value in own.values]
    areas = [squeezed(area.text or "") for value in found.values for area in value.focus_areas]
    wanted = [squeezed(area.text or "") for value in own.values for area in value.focus_areas]
    assert sum(one == other for one, other in zip(areas, wanted, strict=True)) >= len(wanted) - 2
    assert found.responsibilities is not None
    assert own.responsibilities is not None
    counts = [len(role.responsibilities) for role in found.responsibilities.roles]
    assert counts == [len(role.responsibilities) for role in own.responsibilities.roles]


@pytest.mark.slow
def test_bold_lead_ins_are_seen_and_the_order_is_that_of_the_columns() -> None:
    read = read_pdf_blocks("politik.pdf", bare(written(REAL_POLICY, PDF)))
    leads = [block for block in read.blocks if block.runs and block.runs[0].bold and not block.is_bold]
    assert len(leads) >= 30
    headings = [block.text for block in read.blocks if block.sort is Sort.HEADING]
    own = repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    chapters = [heading for heading in headings if heading in {str(value.title) for value in own.values}]
    assert chapters[-5:] == [value.title for value in own.values]
    # Where white parts the paragraphs, a line that ends early before a long word ends none.
    paragraphs = {" ".join(block.text.split()) for block in read.blocks}
    assert {" ".join(part.split()) for value in own.values for part in str(value.text).split("\n\n")} <= paragraphs


@pytest.mark.slow
def test_the_review_shows_a_cut_of_the_page(folder: Path) -> None:
    path = give(folder, bare(written(REAL_POLICY, PDF)), "politik.pdf")
    assert docgen(folder, "import", path, "--as", "policy/stoej-2031").exit_code == 0
    page = (folder / "content/policies/stoej-2031/review.html").read_text(encoding="utf-8")
    assert page.count('<img alt="Udsnit af side ') == page.count("data:image/png;base64,")
    assert '<img alt="Udsnit af side ' in page


@pytest.mark.slow
def test_a_tagged_policy_is_read_by_its_tags(folder: Path) -> None:
    path = give(folder, bare(written(REAL_POLICY, PDF), with_tags=True), "politik.pdf")
    result = docgen(folder, "import", path, "--as", "policy/stoej-2031")
    assert result.exit_code == 0, result.output
    found, own = policy_of(folder), repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    assert found.title == own.title
    for mine, theirs in zip(found.values, own.values, strict=True):
        assert (mine.title, squeezed(mine.statement)) == (theirs.title, squeezed(theirs.statement))
        areas = [squeezed(f"{area.lead} {area.text or ''}") for area in theirs.focus_areas]
        assert [squeezed(f"{area.lead} {area.text or ''}") for area in mine.focus_areas] == areas


@pytest.mark.slow
def test_the_tables_of_a_tagged_file_are_tables() -> None:
    read = read_pdf_blocks("x.pdf", bare(written("follow-up/2024", PDF), with_tags=True))
    rows = [[cell.text for cell in block.cells] for block in read.blocks if block.sort is Sort.ROW]
    assert ["Socialforvaltningen", "41", "–"] in rows
    assert rows.count(["Forvaltning", "2023", "2024"]) == 1


@pytest.mark.judge
def test_no_judge_finds_anything_in_the_review(folder: Path) -> None:
    path = give(folder, bare(written(REAL_POLICY, PDF)), "politik.pdf")
    assert docgen(folder, "import", path, "--as", "policy/stoej-2031").exit_code == 0
    assert page_faults([folder / "content/policies/stoej-2031/review.html"]) == []


def drawn(rows: Sequence[Sequence[str]]) -> bytes:
    """A page with a heading, a table with lines round its cells, and a paragraph under it."""
    height = 20
    text = ["BT /F1 18 Tf 60 760 Td (Tal fra skolerne) Tj ET"]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text.append(f"BT /F1 10 Tf {65 + 150 * column} {706 - height * row} Td ({cell}) Tj ET")
    bottom = 720 - height * len(rows)
    text += [f"60 {720 - height * at} m 360 {720 - height * at} l S" for at in range(len(rows) + 1)]
    text += [f"{60 + 150 * at} {bottom} m {60 + 150 * at} 720 l S" for at in range(3)]
    text.append(f"BT /F1 10 Tf 60 {bottom - 30} Td (Tallene er fra sidste efterår.) Tj ET")
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    names = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica", "Encoding": "WinAnsiEncoding"}
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{name}") for key, name in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data("\n".join(text).encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_table_that_is_drawn_with_lines_is_a_table() -> None:
    rows = [["Skole", "Elever"], ["Den ene skole", "120"], ["Den anden", "95"], ["I alt", "215"]]
    read = read_pdf_blocks("x.pdf", drawn(rows))
    assert [(block.sort, block.text) for block in read.blocks if block.sort is not Sort.ROW] == [
        (Sort.HEADING, "Tal fra skolerne"),
        (Sort.PARAGRAPH, "Tallene er fra sidste efterår."),
    ]
    assert [[cell.text for cell in block.cells] for block in read.blocks if block.sort is Sort.ROW] == rows
