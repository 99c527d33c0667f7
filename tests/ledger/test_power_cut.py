"""The power goes while a version is issued: whatever the disk had not been told to keep is gone, and the ledger is
whole all the same, at every moment."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from docgen.commands.issue import issue_document
from tests.faults.projects import check_ledger, issuing_project
from tests.support.issued import options, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be put on the disk there")


class Disk:
    """What a run did to the disk, in order: a folder made, a file put in place (whole or not), a folder put on it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.done = root, list[tuple[str, Path, bytes]]()
        self._synced: set[int] = set()
        fsync, replace, mkdir = os.fsync, Path.replace, Path.mkdir

        def synced(number: int) -> None:
            fsync(number)
            path = Path(f"/proc/self/fd/{number}").resolve()
            if path.is_dir():
                self.done.append(("folder", path, b""))
            else:
                self._synced.add(os.fstat(number).st_ino)

        def replaced(path: Path, target: Path) -> Path:
            whole = path.stat().st_ino in self._synced
            self.done.append(("whole" if whole else "loose", target.resolve(), path.read_bytes()))
            return replace(path, target)

        def made(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
            if not path.exists():
                new = [each for each in (path, *path.parents) if not each.exists()]
                self.done += [("made", each.resolve(), b"") for each in reversed(new)]
            mkdir(path, mode, parents, exist_ok)

        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(Path, "replace", replaced)
        monkeypatch.setattr(Path, "mkdir", made)

    def after_cut(self, moment: int, random: Random) -> Iterator[tuple[Path, bytes]]:
        """The files that are there when the power comes back, had it gone before step number `moment`: what was put on
        the disk, and of all the rest a part, and of a file that was not put there itself anything."""
        kept: dict[Path, bytes] = {}
        pending: dict[Path, tuple[str, bytes]] = {}
        for kind, path, data in self.done[:moment]:
            if kind == "folder":
                for each in [each for each in pending if each.parent == path]:
                    found = pending.pop(each)
                    kept[each] = found[1] if found[0] != "loose" else random.randbytes(len(found[1]) // 2)
            else:
                pending[path] = (kind, data)
        for path, (kind, data) in pending.items():
            if random.random() < 0.5:
                kept[path] = data if kind != "loose" else b""
        folders = {path for path in kept if any(kind == "made" and path == made for kind, made, _ in self.done)}
        made = {path for kind, path, _ in self.done if kind == "made"}
        for path, data in kept.items():
            needed = {each for each in path.parents if each in made}
            if path not in folders and needed <= folders:
                yield path, data


@pytest.mark.slow
def test_the_ledger_is_whole_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = issuing_project(tmp_path / "projekt").resolve()
    before = shutil.copytree(project, tmp_path / "foer")
    with monkeypatch.context() as patched:
        disk = Disk(project, patched)
        issue_document(options(project))
    assert len(disk.done) > 30
    counts = set()
    for moment in range(len(disk.done) + 1):
        for seed in range(3):
            cut = shutil.copytree(before, tmp_path / "efter", dirs_exist_ok=False)
            for path, data in disk.after_cut(moment, Random(seed)):
                there = cut / path.relative_to(project)
                there.parent.mkdir(parents=True, exist_ok=True)
                there.write_bytes(data)
            counts.add(check_ledger(cut))
            shutil.rmtree(cut)
    assert counts == {0, 1}, "before its record it is not issued, and then it is, whole"


@pytest.mark.slow
def test_it_is_issued_after_a_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = issuing_project(tmp_path / "projekt").resolve()
    before = shutil.copytree(project, tmp_path / "foer")
    with monkeypatch.context() as patched:
        disk = Disk(project, patched)
        issue_document(options(project))
    for moment in (len(disk.done) // 3, len(disk.done) - 3, len(disk.done) - 1):
        cut = shutil.copytree(before, tmp_path / f"efter{moment}")
        for path, data in disk.after_cut(moment, Random(moment)):
            there = cut / path.relative_to(project)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)
        assert issue_document(options(cut)).record.number == 1
        assert check_ledger(cut) == 1
        assert run(cut, "verify").exit_code == 0
