"""Microsoft's Open XML SDK's verdict on our Word files, as Microsoft 365 reads them: not one error."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docgen.writers import formats
from tests.support.contents import judged_ids, written
from tests.support.judges import office_problems

pytestmark = pytest.mark.judge


def test_every_document_is_open_xml(tmp_path: Path) -> None:
    files = []
    for id in judged_ids():
        file = tmp_path / f"{id.replace('/', '-')}.docx"
        file.write_bytes(written(id, formats.DOCX))
        files.append(file)
    assert office_problems(files) == []


def test_the_judge_refuses_what_is_broken(tmp_path: Path) -> None:
    broken, empty = tmp_path / "rækkefølge.docx", tmp_path / "ødelagt.docx"
    broken.write_bytes(
        _changed(written(judged_ids()[0], formats.DOCX), b"<w:pPr><w:pStyle", b"<w:pPr><w:jc/><w:pStyle")
    )
    empty.write_bytes(b"PK")
    found = office_problems([broken, empty])
    assert [line for line in found if line.startswith(broken.name) and "/w:pPr" in line]
    assert [line for line in found if line.startswith(empty.name)]


def _changed(data: bytes, before: bytes, after: bytes) -> bytes:
    """The file with something changed in its body, once."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(before, after, 1) if name == "word/document.xml" else part)
    return made.getvalue()
