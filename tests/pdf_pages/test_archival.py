"""Scans and drawings as annexes: the pack says which pages nobody can have read aloud, and claims what still holds."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject

from docgen.packs.case import write_pack
from docgen.packs.parts import Pack
from docgen.pdf_pages.open import check_annex
from docgen.pipeline import Job
from docgen.problems import Origin
from tests.packs.test_annexes import AGAIN, CASE, FOREIGN, claims, project_with
from tests.support.foreign_pdfs import pictures_pdf, report_pdf, text_pdf
from tests.support.judges import require_verapdf, verapdf

DRAWING = b"0.9 g 100 100 200 300 re f 1 0 0 RG 3 w [4 2] 0 d 50 50 m 90 200 200 300 400 600 c S /Perceptual ri h n"
LEVEL_B = ["pdfaid:part B"]


def pack_with(data: bytes) -> Pack:
    """The small case with a document of its own and this PDF as annexes."""
    return write_pack(Job(project_with(AGAIN, FOREIGN, rapport=data), CASE))


def claimed(data: bytes) -> list[str]:
    """The claims of a PDF, with the level of PDF/A."""
    root: Any = PdfReader(io.BytesIO(data)).root_object
    text = root["/Metadata"].get_data().decode()
    level = text.partition("<pdfaid:conformance>")[2][:1]
    return [f"{name} {level}" if name.startswith("pdfaid") else name for name in claims(data)]


def said(pack: Pack) -> list[str]:
    return [f"{notice.message}; {notice.hint}" for notice in pack.notices]


def beside(*files: bytes) -> bytes:
    """Several PDFs as one."""
    writer = PdfWriter()
    for data in files:
        writer.append(io.BytesIO(data))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("data", [pictures_pdf(), pictures_pdf(colours="/DeviceGray"), pictures_pdf(DRAWING)])
def test_pages_without_words_are_annexes_with_a_notice_and_a_smaller_claim(data: bytes) -> None:
    assert list(check_annex("scan.pdf", data, Origin("sag.yaml"))) == []
    pack = pack_with(data)
    assert claimed(pack.data) == LEVEL_B
    silent, less = said(pack)
    assert "bilag 2 ('rapport.pdf') har ingen ord på side 1, kun billeder, og kan ikke læses op dér" in silent
    assert "tekstgenkendelse (OCR)" in silent
    assert "er ikke tagget, så PDF'en med bilag lover kun PDF/A-3b" in less
    assert pack.notices[0].origin.path == ("annexes", "@plan", "file")


def test_the_pages_are_named_and_no_other() -> None:
    mixed = beside(text_pdf("Ord"), pictures_pdf(pages=3), text_pdf("Flere ord"), pictures_pdf(), text_pdf(""))
    silent, less = said(pack_with(mixed))
    assert "har ingen ord på side 2-4 og 6, kun billeder" in silent
    assert "hverken PDF/UA eller PDF/A" in less


def test_a_space_beside_a_picture_is_no_word() -> None:
    typeset = text_pdf("#rect(fill: red, width: 9cm, height: 9cm)[#text(hyphenate: false)[~]]")
    assert "har ingen ord på side 1" in said(pack_with(typeset))[0]


@pytest.mark.slow
def test_a_smoothed_picture_is_fit_and_no_more_smoothed() -> None:
    pack = pack_with(pictures_pdf(Interpolate=BooleanObject(True)))
    assert claimed(pack.data) == LEVEL_B
    assert b"/Interpolate true" not in pack.data


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pictures_pdf(colours="/DeviceCMYK"),
        pictures_pdf(b"0 0 0 1 k 1 1 200 200 re f"),
        pictures_pdf(b"/DeviceCMYK cs 1 1 200 200 re f"),
        pictures_pdf(b"1 1 200 200 re f unknown"),
        pictures_pdf(b"q " * 30 + b"1 1 200 200 re f" + b" Q" * 30),
        pictures_pdf(Intent=NameObject("/Sloppy")),
        report_pdf(),
    ],
)
def test_what_is_not_known_to_be_fit_claims_nothing(data: bytes) -> None:
    pack = pack_with(data)
    assert claimed(pack.data) == []
    assert "hverken PDF/UA eller PDF/A" in said(pack)[-1]


@pytest.mark.judge
def test_the_judge_expects_just_that_claim(tmp_path: Path) -> None:
    require_verapdf()
    files = []
    for name, data in {"scan": pictures_pdf(pages=2), "tegning": pictures_pdf(DRAWING)}.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pack_with(data).data)
    verdicts = verapdf(files)
    assert [(verdict.profile, verdict.failures) for verdict in verdicts] == [("PDF/A-3B", ())] * len(files)
