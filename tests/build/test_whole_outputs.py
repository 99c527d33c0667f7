"""Files that are put in place together: where one cannot be, all are as they were (a file that is open in Word, say).

Windows refuses to replace a file that a program has open; here that is done by hand, for no such system was at hand.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from docgen.files import replace_together
from docgen.problems import OutputError
from tests.ledger.test_closed_issue import ISSUE, issuable, rewrite
from tests.support.house import CASE, content, docgen, project

BUILD = ("build", "case", "--with-annexes")
BUILT = ("case/sag.pdf", "case/sag.docx", "case/sag.html", "case/sag-med-bilag.pdf")

_LISTS = (".laas", ".docgen.json", ".docgen-run.json", ".docgen-words.json")
"""What docgen keeps for itself."""


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file that is meant to be seen, and every one that never may be left."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.endswith(_LISTS)}


def locked_by_another(monkeypatch: pytest.MonkeyPatch, ending: str) -> list[str]:
    """From now on files with such an ending cannot be replaced; the list says which somebody tried to."""
    replace, refused = Path.replace, []

    def refuse(self: Path, target: Path) -> Path:
        if str(target).endswith(ending):
            refused.append(str(target))
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    return refused


@pytest.mark.slow
@pytest.mark.parametrize("ending", BUILT)
def test_no_output_is_new_where_one_cannot_be_replaced(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, content())
    assert docgen(folder, *BUILD).exit_code == 0
    before = files_of(folder / "build")
    assert set(BUILT) <= set(before)
    rewrite(folder, CASE, "text: Problemet.", "text: Et helt andet problem.")
    with monkeypatch.context() as patched:
        refused = locked_by_another(patched, ending)
        done = docgen(folder, *BUILD)
        assert (done.exit_code, len(refused)) == (1, 1)
        assert f"{ending}: filen kan ikke skrives (ingen adgang)" in done.stderr
        assert "åben i et andet program" in done.stderr
    assert files_of(folder / "build") == before
    assert docgen(folder, *BUILD).exit_code == 0
    assert {name for name, data in files_of(folder / "build").items() if data != before[name]} == set(BUILT)


@pytest.mark.parametrize("ending", BUILT[:3])
def test_the_first_outputs_are_all_there_or_none(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path, content())
    locked_by_another(monkeypatch, ending)
    assert docgen(folder, "build", "case").exit_code == 1
    assert files_of(folder / "build") == {}


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["_v1.0.pdf", "_v1.0.html", "sag_v1.0_public.json", "head.json", "0001.json"])
def test_nothing_is_issued_where_one_file_cannot_be_put_in_place(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, issuable())
    before = files_of(folder)
    with monkeypatch.context() as patched:
        refused = locked_by_another(patched, ending)
        assert docgen(folder, *ISSUE).exit_code == 1
        assert refused
    left = {name: data for name, data in files_of(folder).items() if name != "content/issued/head.json"}
    assert left == before, "and a ledger without records is as good as none"
    assert docgen(folder, *ISSUE).exit_code == 0
    assert docgen(folder, "verify").exit_code == 0


def test_a_disk_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*names: object, **more: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    paths = [tmp_path / name for name in ("en", "to", "tre")]
    replace_together([(path, b"gammel") for path in paths])
    with monkeypatch.context() as patched:
        locked_by_another(patched, "tre")
        with pytest.raises(OutputError, match="ingen adgang"):
            replace_together([(path, b"ny") for path in paths])
    assert [path.read_bytes() for path in paths] == [b"gammel"] * 3
    replace_together([(path, b"ny") for path in paths])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: b"ny" for path in paths}


@pytest.mark.skipif(sys.platform == "win32", reason="genveje kræver særlige rettigheder på Windows")
def test_what_is_put_back_is_what_lay_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it was a link; and a folder in a file's place is told."""
    (tmp_path / "andetsteds").write_bytes(b"et andet sted")
    (tmp_path / "en").symlink_to(tmp_path / "andetsteds")
    (tmp_path / "to").mkdir()
    with pytest.raises(OutputError, match="mappe med samme navn"):
        replace_together([(tmp_path / "en", b"ny"), (tmp_path / "to", b"ny")])
    assert (tmp_path / "en").is_symlink()
    assert (tmp_path / "en").read_bytes() == b"et andet sted"
    shutil.rmtree(tmp_path / "to")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["andetsteds", "en"]
