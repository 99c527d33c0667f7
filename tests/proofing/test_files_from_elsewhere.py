"""Word files, PDFs and texts from elsewhere are read whole, or refused; privacy in them."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import ContentError
from docgen.proofing import proofread as proof
from docgen.proofing.proofread import Chosen
from docgen.proofing.readers import file_passages
from docgen.proofing.rules.privacy import is_cpr
from tests.support.contents import repository
from tests.support.effort import tries

# -- privacy ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ((29, 2, 0, 4), True),
        ((29, 2, 1, 4), False),
        ((31, 4, 90, 1), False),
        ((1, 1, 90, 1), True),
        ((0, 1, 90, 1), False),
    ],
)
def test_the_day_of_a_cpr_number_was_a_day(digits: tuple[int, int, int, int], valid: bool) -> None:
    assert is_cpr(*digits) is valid


def word_file() -> bytes:
    document = docx.Document()
    document.core_properties.author = "navn@gmail.com"
    document.add_heading("Mødet den 1. December", 1)
    document.add_paragraph("Ansøgeren 010190-1234 bor her.")
    document.add_table(1, 1).cell(0, 0).text = "Socialforvaltningen indstiller, at Socialforvaltningen godkender"
    document.sections[0].header.paragraphs[0].text = "Kultur, - Fritids, - og Borgerserviceudvalget"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_files_are_read_whole(tmp_path: Path) -> None:
    found = proof.read_file("sag.docx", word_file(), repository().content, Chosen())
    assert sorted(finding.rule.code for finding in found) == ["DG301", "DG401", "DG404", "DG601", "DG603"]
    where = {finding.rule.code: finding.where for finding in found}
    assert where["DG601"] == "sag.docx: afsnit 2: ”Ansøgeren 010190-1234 bor her.”"
    assert where["DG401"].startswith("sag.docx: sidehoved, afsnit 1")
    assert where["DG603"] == "sag.docx: egenskaben creator"
    tracked = _with_body(
        word_file(), b"<w:p><w:del><w:r><w:delText>slettet cpr 010190-1234</w:delText></w:r></w:del></w:p>"
    )
    codes = [f.rule.code for f in proof.read_file("x.docx", tracked, None, Chosen())]
    assert codes.count("DG601") == 2, "deleted text is still in the file"


def _with_body(data: bytes, xml: bytes) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            made.writestr(name, part.replace(b"<w:body>", b"<w:body>" + xml) if name == "word/document.xml" else part)
    return target.getvalue()


@pytest.mark.slow
def test_bombs_and_broken_files_are_told() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", bomb)
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(ContentError, match="der er ingen tekst at læse"):
        file_passages("x.docx", stream.getvalue())
    for data in (big.getvalue(), b"PK\x03\x04broken", b"%PDF-1.7 broken", b"\x00\x01"):
        with pytest.raises(ContentError):
            file_passages("x.bin" if data[:1] == b"\x00" else "x.docx" if data[:1] == b"P" else "x.pdf", data)


@settings(max_examples=tries(80), deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x.docx", "x.pdf", "x.txt", "x.md"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with suppress(ContentError):
        assert isinstance(proof.read_file(name, data, None, Chosen()), list)
