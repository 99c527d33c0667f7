"""veraPDF's verdict on our PDFs: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), not one failed rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.writers import formats
from tests.support.contents import judged_ids, plain_pdf, written
from tests.support.judges import PDF_A, PDF_UA, conformance_failures, require_verapdf, verapdf

pytestmark = pytest.mark.judge


def test_every_document_conforms(tmp_path: Path) -> None:
    require_verapdf()
    files = []
    for id in judged_ids():
        file = tmp_path / f"{id.replace('/', '-')}.pdf"
        file.write_bytes(written(id, formats.PDF))
        files.append(file)
    assert conformance_failures(files) == []


def test_the_judge_finds_what_is_wrong(tmp_path: Path) -> None:
    require_verapdf()
    plain, broken = tmp_path / "uden-krav.pdf", tmp_path / "ødelagt.pdf"
    plain.write_bytes(plain_pdf())
    broken.write_bytes(b"%PDF-1.7\nikke en PDF\n")
    lines = conformance_failures([plain, broken])
    for file in (plain, broken):
        assert f"{file.name}: does not claim {PDF_A}" in lines
        assert f"{file.name}: does not claim {PDF_UA}" in lines


@pytest.mark.parametrize(("flavour", "profile"), [("3a", PDF_A), ("ua1", PDF_UA)])
def test_the_judge_can_be_asked_for_one_profile(tmp_path: Path, flavour: str, profile: str) -> None:
    require_verapdf()
    file = tmp_path / "uden-krav.pdf"
    file.write_bytes(plain_pdf())
    (verdict,) = verapdf([file], flavour)
    assert verdict.profile == profile
    assert verdict.failures
