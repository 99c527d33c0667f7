"""`docgen compare a.docx b.docx`: two Word files from outside; what is not compared is named, whatever it is."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import Result

from docgen.problems import ContentError
from docgen.readers.docx.unread import unread_parts
from tests.support.contents import ROOT
from tests.support.docx_strictness import word_problems
from tests.support.house import docgen
from tests.support.tracked_changes import resolved_texts, revisions
from tests.writers.test_docx import PNG

_FOLDERS = ("--content", str(ROOT / "content"), "--templates", str(ROOT / "templates"))


def _word(folder: Path, name: str, change: Callable[[Any], object] = lambda _: None, amount: str = "10,7") -> str:
    """A Word file as a consultant sends it."""
    document = docx.Document()
    document.add_heading("Strategi for lange navne: Børne- og Ungdomsforvaltningens ”særlige” indsatser", 1)
    document.add_paragraph(f"Kommunen køber ind for {amount} mia. kr. om året, jf. § 12.")
    document.add_heading("Springer tre niveauer over", 5)
    document.add_paragraph("Et punkt", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"celle {number}"
    change(document)
    document.save(str(folder / name))
    return name


def _compare(folder: Path, *arguments: str) -> Result:
    return docgen(folder, "compare", *arguments, *_FOLDERS)


@pytest.mark.slow
def test_words_are_compared_and_shown_in_three_formats(tmp_path: Path) -> None:
    old, new = _word(tmp_path, "før.docx"), _word(tmp_path, "nu.docx", amount="11,7")
    made = _compare(tmp_path, old, new)
    assert made.exit_code == 0, made.output
    assert "1 tal er ændret" in made.stderr
    paths = [tmp_path / line for line in made.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".pdf", ".docx", ".html"]
    data = paths[1].read_bytes()
    assert revisions(data) == 2
    assert word_problems(data) == []
    assert "Kommunen køber ind for 10,7 mia. kr. om året, jf. § 12." in resolved_texts(data, accept=False)
    again = [path.read_bytes() for path in paths]
    assert _compare(tmp_path, old, new).exit_code == 0
    assert [path.read_bytes() for path in paths] == again


def _header(text: str) -> Callable[[Any], object]:
    return lambda document: setattr(document.sections[0].header.paragraphs[0], "text", text)


def _coloured(document: Any) -> None:
    from docx.shared import RGBColor

    document.paragraphs[1].runs[0].font.color.rgb = RGBColor(255, 0, 0)


def _margins(document: Any) -> None:
    document.sections[0].left_margin = document.sections[0].left_margin * 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_header("Fortroligt"), "sidehoved og sidefod (før: intet, nu: ”Fortroligt”)"),
        (lambda document: document.add_picture(io.BytesIO(PNG)), "billeder"),
        (_coloured, "skrift, farver, felter og placering i teksten"),
        (_margins, "skrift, farver, felter og placering i teksten"),
        (lambda document: document.add_comment(document.paragraphs[1].runs[0], "Er det rigtigt?"), "kommentarer"),
        (lambda document: setattr(document.core_properties, "author", "En anden"), "filens egenskaber"),
        (lambda document: setattr(document.styles["Normal"].font, "name", "Comic Sans MS"), "typografier og opsætning"),
    ],
)
def test_what_is_not_compared_is_named_and_never_no_changes(
    change: Callable[[Any], object], told: str, tmp_path: Path
) -> None:
    old, new = _word(tmp_path, "a.docx"), _word(tmp_path, "b.docx", change)
    said = _compare(tmp_path, old, new, "--summary").stdout
    assert "Der er ingen ændringer i teksten. Ikke sammenlignet, og ikke ens i de to filer: " in said
    assert told in said
    assert "Der er ingen ændringer. " not in said
    listed = json.loads(_compare(tmp_path, old, new, "--json").stdout)
    assert told in [entry["where"] for entry in listed if entry["sort"] == "ikke sammenlignet"]


def test_a_part_that_nobody_knows_is_named_too(tmp_path: Path) -> None:
    old, new = _word(tmp_path, "a.docx"), _word(tmp_path, "b.docx")
    with zipfile.ZipFile(tmp_path / new, "a") as archive:
        archive.writestr("word/ukendt.bin", b"noget")
    assert "andre dele af filen" in _compare(tmp_path, old, new, "--summary").stdout


def test_the_same_file_has_no_changes(tmp_path: Path) -> None:
    old = _word(tmp_path, "a.docx")
    assert _compare(tmp_path, old, old, "--summary").stdout == f"Fra {old} til {old}. Der er ingen ændringer.\n"


def test_a_table_that_fits_no_page_is_written_as_lines(tmp_path: Path) -> None:
    def wide(document: Any) -> None:
        table = document.add_table(rows=2, cols=30)
        for cell in table.rows[0].cells:
            cell.text = "Forvaltningsområde"

    made = _compare(tmp_path, _word(tmp_path, "a.docx", wide), _word(tmp_path, "b.docx", wide, amount="11,7"))
    assert made.exit_code == 0, made.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("gammel.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gammelt Word-format"),
        (
            "laast.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600),
            "låst med en adgangskode",
        ),
        ("tom.docx", b"", "filen er tom"),
        ("rtf.docx", b"{\\rtf1}", "formatet RTF"),
        ("brudt.docx", b"PK\x03\x04 ikke mere", "ikke en hel Word-fil"),
        ("regneark.odt", b"noget helt andet", "ikke en hel Word-fil"),
    ],
)
def test_a_file_that_cannot_be_read_gets_its_sentence(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    for pair in ((_word(tmp_path, "a.docx"), name), (name, _word(tmp_path, "a.docx"))):
        found = _compare(tmp_path, *pair, "--summary")
        assert found.exit_code == 1
        assert told in found.stderr
        assert found.stderr.startswith(f"{name}: ")


def test_a_word_file_is_compared_with_a_word_file_alone(tmp_path: Path) -> None:
    found = _compare(tmp_path, _word(tmp_path, "a.docx"), "policy")
    assert "en Word-fil sammenlignes kun med en anden Word-fil" in found.stderr
    assert _compare(tmp_path, "findes-ikke.docx", "a.docx").exit_code == 1


def test_sums_are_of_a_word_file_alone() -> None:
    with pytest.raises(ContentError, match="ikke en hel Word-fil"):
        unread_parts("a.docx", b"PK")
