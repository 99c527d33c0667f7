"""Seven people write in one folder: whatever is wrong with somebody else's file, everybody goes on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import main
from docgen.commands.status import status
from docgen.kinds.registry import KINDS
from tests.faults.projects import MEETING, issuing_project
from tests.support.contents import ROOT

GOOD = (
    "policy/indkoebspolitik-2023-2026",
    "case/orientering",
    "meeting/2024-06-20-br/dagsorden",
    "guide/god",
    "follow-up/2024",
)
GUIDE = """\
title: En god vejledning
summary: Hvordan man gør.
version: "1.0"
status: udkast
date: 2024-05-01
chapters:
  - {id: kapitel, title: Kapitlet, text: Teksten i kapitlet.}
"""
GUIDE_BYTES = GUIDE.encode()


def written(path: str, data: bytes) -> Callable[[Path], None]:
    def write(content: Path) -> None:
        place = content / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    return write


def linked(path: str, target: str) -> Callable[[Path], None]:
    def link(content: Path) -> None:
        place = content / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    return link


def made(path: str, make: Callable[[Path], None]) -> Callable[[Path], None]:
    return lambda content: make(content / path)


def _folder(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "indhold.txt").write_text("x", encoding="utf-8")


FAULTS: dict[str, Callable[[Path], None]] = {
    "not closed": written("cases/a01.yaml", b"title: ["),
    "empty": written("cases/a02.yaml", b""),
    "not UTF-8": written("cases/a03.yaml", b"title: K\xf8b\n"),
    "UTF-16": written("cases/a04.yaml", "title: Køb\n".encode("utf-16")),
    "no bytes of text": written("cases/a05.yaml", bytes(range(256))),
    "a tab": written("cases/a06.yaml", b"title: x\nsections:\n\t- id: a\n"),
    "a list": written("cases/a07.yaml", b"- a\n- b\n"),
    "a sentence": written("cases/a08.yaml", b"bare en tekst\n"),
    "unknown fields": written("cases/a09.yaml", b"titel: Forkert\nkind: decision\n"),
    "one field of the wrong sort": written("guides/a10.yaml", GUIDE_BYTES.replace(b"2024-05-01", b"i morgen")),
    "twice the same key": written("guides/a11.yaml", GUIDE_BYTES + b"title: En til\n"),
    "a body that is none": written("cases/a12.yaml", b"title: x\nkind: decision\nadministrations: [ingen]\n"),
    "the ending .yml": written("cases/a13.yml", GUIDE_BYTES),
    "a copy": written("guides/god (kopi).yaml", GUIDE_BYTES),
    "capitals": written("guides/A15.yaml", GUIDE_BYTES),
    "letters of Danish": written("guides/a16-køb.yaml", GUIDE_BYTES),
    "in a folder of its own": written("cases/sager/a17.yaml", b"title: x\n"),
    "in no kind's folder": written("sager/a18.yaml", b"title: x\n"),
    "notes at the top": written("noter.txt", b"husk"),
    "a Word file": written("cases/a20.docx", b"PK\x03\x04"),
    "a year that is none": written("follow_ups/24.yaml", b"year: 24\n"),
    "a meeting without cases": written("meetings/2024-01-01-a22.yaml", b"committee: ingen\nitems: [{case: intet}]\n"),
    "a meeting that leans on a broken case": written(
        "meetings/2024-01-02-a23.yaml",
        b'committee: oekonomiudvalget\ndate: 2024-01-02\nversion: "0.1"\nstatus: udkast\nitems: [{id: a, case: a02}]\n',
    ),
    "half a policy": written("policies/a24/policy.yaml", b"title: Halv\n"),
    "a policy as a file": written("policies/a25.yaml", b"title: x\n"),
    "aliases that explode": written("cases/a26.yaml", b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n"),
    "too deep": written("cases/a27.yaml", b"a: " + b"[" * 300 + b"]" * 300),
    "two documents": written("guides/a28.yaml", GUIDE_BYTES + b"---\n" + GUIDE_BYTES),
    "a folder where a file is expected": made("cases/a29.yaml", _folder),
    "a broken annex": written("annexes/a30.pdf", b"%PDF-1.7 ..."),
    "an id too much": written(
        "guides/a31.yaml", GUIDE_BYTES.replace(b"chapters:", b"chapters:\n  - {id: kapitel, title: A, text: B}")
    ),
    "conflict marks": written("guides/a32.yaml", b"<<<<<<< HEAD\n" + GUIDE_BYTES + b"=======\n>>>>>>> gren\n"),
}
if sys.platform != "win32":
    FAULTS |= {
        "a link out of the folder": linked("cases/a33.yaml", "/etc/hostname"),
        "a link to itself": linked("guides/a34.yaml", "a34.yaml"),
        "a link to nothing": linked("meetings/a35.yaml", "findes-ikke.yaml"),
        "a folder that is a link": linked("policies/a36", "../cases"),
        "a pipe": made("cases/a37.yaml", os.mkfifo),
    }
SILENT = {"a broken annex"}
"""What nobody asks for is not looked at."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A clean project, and one with every fault beside the same good documents."""
    clean, broken = (_project(tmp_path_factory.mktemp(name)) for name in ("ren", "rodet"))
    for write in FAULTS.values():
        write(broken / "content")
    return clean, broken


def _project(folder: Path) -> Path:
    project = issuing_project(folder)
    written("guides/god.yaml", GUIDE_BYTES)(project / "content")
    for year in ("2023", "2024"):
        data = re.sub(rb"\n +cases: \[.*\]", b"", (ROOT / f"content/follow_ups/{year}.yaml").read_bytes())
        written(f"follow_ups/{year}.yaml", data)(project / "content")
    return project


def run(project: Path, *arguments: str) -> Result:
    places = ["--content", str(project / "content")]
    if arguments[0] != "verify":
        places += ["--templates", str(project / "templates")]
    return CliRunner().invoke(main, [*arguments, *places])


def told(project: Path, result: Result) -> set[str]:
    """The files that are told to be not well elsewhere, a line each."""
    lines = [line for line in result.stderr.splitlines() if line.startswith("Andetsteds: ")]
    files = [line.removeprefix(f"Andetsteds: {(project / 'content').as_posix()}/").partition(":")[0] for line in lines]
    assert len(files) == len(set(files)), "one line each"
    return set(files)


def test_there_are_thirty_ways() -> None:
    assert len(FAULTS) >= 30


def test_listing_goes_on(folders: tuple[Path, Path]) -> None:
    clean, broken = (run(folder, "list") for folder in folders)
    assert (broken.exit_code, broken.stdout) == (0, clean.stdout)
    assert told(folders[0], clean) == set()
    assert len(told(folders[1], broken)) >= len(FAULTS) - len(SILENT)


@pytest.mark.slow
@pytest.mark.parametrize("document", GOOD)
def test_each_good_document_is_built_to_the_same_bytes(document: str, folders: tuple[Path, Path]) -> None:
    made_of: list[dict[str, bytes]] = []
    for folder in folders:
        output = folder / "build"
        result = run(folder, "build", document, "--output", str(output))
        assert result.exit_code == 0, result.stderr
        files = [Path(line) for line in result.stdout.split("\n") if line]
        made_of.append({path.relative_to(output).as_posix(): path.read_bytes() for path in files})
    assert made_of[0] == made_of[1]
    assert len(made_of[0]) == 3


@pytest.mark.slow
@pytest.mark.parametrize("document", GOOD)
def test_each_good_document_is_checked_as_before(document: str, folders: tuple[Path, Path]) -> None:
    clean, broken = (run(folder, "check", document) for folder in folders)
    assert broken.exit_code == clean.exit_code == 0
    own = [line for line in broken.stderr.splitlines() if not line.startswith("Andetsteds: ")]
    assert [line.replace(str(folders[1]), str(folders[0])) for line in own] == clean.stderr.splitlines()
    assert len(told(folders[1], broken)) >= len(FAULTS) - len(SILENT)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name"),
    [("case", "ny"), ("guide", "ny"), ("follow-up", "2025"), ("meeting", "2024-06-03-oeu"), ("policy", "ny")],
)
def test_new_documents_are_made_and_built_at_once(kind: str, name: str, folders: tuple[Path, Path]) -> None:
    for folder in folders:
        result = run(folder, "new", kind, name)
        assert result.exit_code == 0, result.stderr
    clean, broken = (Path(run_path(folder, kind, name)) for folder in folders)
    assert clean.read_bytes() == broken.read_bytes()
    built = run(folders[1], "build", f"{kind}/{name}", "--format", "html", "--output", str(folders[1] / "udkast"))
    assert built.exit_code == 0, built.stderr
    (page,) = (Path(line) for line in built.stdout.split("\n") if line)
    assert ("[ikke udfyldt]" in page.read_text(encoding="utf-8")) == (kind != "meeting")
    for folder in folders:
        Path(run_path(folder, kind, name)).unlink()


def run_path(folder: Path, kind: str, name: str) -> str:
    place = KINDS[kind].folder
    return str(folder / "content" / place / (f"{name}/policy.yaml" if kind == "policy" else f"{name}.yaml"))


@pytest.mark.slow
def test_issuing_and_verifying_go_on(folders: tuple[Path, Path]) -> None:
    issued: list[dict[str, bytes]] = []
    for folder in folders:
        output = folder / "udstedt"
        result = run(folder, "issue", GOOD[0], "--meeting", MEETING, "--output", str(output))
        assert result.exit_code == 0, result.stderr
        issued.append({path.name: path.read_bytes() for path in sorted(output.rglob("*.*")) if path.is_file()})
        assert run(folder, "verify", "--output", str(output)).exit_code == 0
        (pdf,) = output.rglob("*.pdf")
        assert run(folder, "verify", str(pdf)).exit_code == 0
    assert issued[0] == issued[1]
    assert len(issued[0]) == 3


@pytest.mark.slow
def test_status_tells_of_the_good_and_of_the_bad(folders: tuple[Path, Path]) -> None:
    import datetime

    day = datetime.date(2024, 6, 1)
    clean, broken = (status(folder / "content", folder / "templates", day) for folder in folders)
    assert [due.says for due in broken if due.sort.name not in ("FAULTS", "FINDINGS")] == [
        due.says for due in clean if due.sort.name not in ("FAULTS", "FINDINGS")
    ]
    assert len([due for due in broken if due.sort.name == "FAULTS"]) >= len(FAULTS) - len(SILENT)


def test_a_foreign_file_is_not_even_read(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from docgen import files
    from docgen import folder as folders_read

    read: list[str] = []
    real = files.read_file

    def noted(path: Path) -> bytes:
        read.append(path.relative_to(folders[1]).as_posix())
        return real(path)

    monkeypatch.setattr(folders_read, "read_file", noted)
    result = run(folders[1], "build", "guide/god", "--format", "tree", "--output", str(folders[1] / "alene"))
    assert result.exit_code == 0, result.stderr
    content = [path for path in read if path.startswith("content/") and not path.startswith("content/issued/")]
    shared = [f"content/{name}.yaml" for name in ("glossary", "organisation", "settings")]
    shared += [path.relative_to(folders[1]).as_posix() for path in (folders[1] / "content/images").iterdir()]
    assert sorted(set(content)) == sorted([*shared, "content/guides/god.yaml"])


@pytest.mark.slow
def test_a_disk_that_refuses_one_file_stops_no_other(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen import files
    from docgen import folder as folders_read

    real = files.read_file

    def refusing(path: Path) -> bytes:
        if path.name == "orientering.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(folders_read, "read_file", refusing)
    result = run(folders[0], "list")
    assert result.exit_code == 0
    assert "case/orientering " not in result.stdout
    assert "filen kan ikke læses (ingen adgang)" in result.stderr
    assert run(folders[0], "check", "guide/god").exit_code == 0
    refused = run(folders[0], "build", "case/orientering", "--output", str(folders[0] / "nej"))
    assert refused.exit_code == 1
    assert "orientering.yaml: filen kan ikke læses (ingen adgang)" in refused.stderr
