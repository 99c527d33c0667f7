"""What stays at home of Word files that are sent: kept by build, and of one document no more than may be of use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from docgen.build import bases, run
from docgen.build.bases import base_files, keep_bases, prune_bases, read_base
from docgen.build.options import BuildOptions
from docgen.commands.build import build
from docgen.writers import formats
from docgen.writers.docx.base_text import FOLDER, Base
from tests.support.contents import ROOT


def base(document: str, number: int, edition: str = "public") -> Base:
    return Base(document=document, edition=edition, build=f"{number:08x}", lines=())


def keep(folder: Path, one: Base, age: int) -> None:
    """Keeps a base that was written at some time."""
    keep_bases(folder, base_files(one))
    prune_bases(folder, 1)
    path = folder / FOLDER / f"{one.build}.json.gz"
    if path.exists():
        os.utime(path, (age, age))


def test_the_oldest_of_a_document_go_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases, "_MOST", 3)
    monkeypatch.setattr(bases, "_LOOKED_AFTER", 5)
    keep(tmp_path, base("case/en", 90), 1)
    keep(tmp_path, base("case/to", 91, "internal"), 1)
    for number in range(6):
        keep(tmp_path, base("case/to", number), 100 - number)  # what is newest is not the last by name
    keep(tmp_path, base("case/tre", 92), 1)
    assert read_base(tmp_path, f"{90:08x}") is not None, "of another document"
    assert read_base(tmp_path, f"{91:08x}") is not None, "of another edition"
    left = [number for number in range(6) if read_base(tmp_path, f"{number:08x}") is not None]
    assert len(left) == 3
    assert 5 not in left or 4 not in left


def test_few_are_all_kept(tmp_path: Path) -> None:
    for number in range(30):
        keep(tmp_path, base("case/en", number), number)
    assert all(read_base(tmp_path, f"{number:08x}") is not None for number in range(30))


def test_what_is_no_base_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases, "_MOST", 1)
    monkeypatch.setattr(bases, "_LOOKED_AFTER", 5)
    (tmp_path / FOLDER).mkdir()
    for number in range(6):
        (tmp_path / FOLDER / f"{number:08x}.json.gz").write_bytes(b"x")
    keep(tmp_path, base("case/en", 7), 7)
    assert read_base(tmp_path, f"{7:08x}") is not None
    assert read_base(tmp_path, f"{1:08x}") is None


def test_a_run_looks_after_them_once_however_many_documents_it_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns(".docgen"))
    looked: list[int] = []
    monkeypatch.setattr(run, "prune_bases", lambda content, written: looked.append(written))
    options = BuildOptions(tmp_path / "content", ROOT / "templates", tmp_path / "build", ("case",), (formats.DOCX,))
    assert len(build(options).written) > 2
    assert len(looked) == 1
    assert looked[0] > 2
