"""What is closed is in no byte of the public ledger and changes none, for each kind of document, with packs, annexes
and pictures: the canaries of `tests/kinds/test_closed.py`, issued in both editions (SECURITY.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.archive import ARCHIVE
from tests.kinds.test_closed import Files, Planted, varied
from tests.ledger.test_public_ledger import everything
from tests.support.house import bytes_inside, docgen

MEETING = "2026-02-03-udvalg"
OPEN = (
    *("policy/eksempel", "follow-up/2023", "follow-up/2024", "guide/vejledning", "case/aaben"),
    *(f"meeting/{MEETING}/dagsorden", f"meeting/{MEETING}/beslutningsprotokol"),
)


def _final(files: Files) -> Files:
    """Each document with a status that it can be issued with."""
    return {
        path: re.sub(rb"(?m)^status: udkast", b"status: til behandling", data) if path.endswith(".yaml") else data
        for path, data in files.items()
    }


def _issued(made: Planted, folder: Path) -> Path:
    """All documents issued in both editions, and their public ledger beside them."""
    made.files = _final(made.files)
    there = made.in_folder(folder)
    (closed,) = (path.stem for path in (there / "content/cases").glob("*.yaml") if path.stem != "aaben")
    for id in (*OPEN[:5], f"case/{closed}", *OPEN[5:]):
        for edition in ("public", "internal"):
            done = docgen(there, "issue", id, "--meeting", MEETING, "--edition", edition, "--confirm", "en prøve")
            assert done.exit_code == 0, f"{id} {edition}: {done.stderr}"
    assert docgen(there, "ledger", "public", str(there / "offentlig")).exit_code == 0
    return there


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planted, Path]:
    made = Planted()
    return made, _issued(made, tmp_path_factory.mktemp("plantet"))


@pytest.mark.slow
def test_no_canary_is_in_what_is_handed_on(planted: tuple[Planted, Path]) -> None:
    """The public ledger with its archive, and the files of public editions."""
    made, folder = planted
    files = everything(folder / "offentlig")
    assert sum(ARCHIVE in path for path in files) > 40
    handed_out = [path for path in (folder / "build/issued").rglob("*.*") if "-intern" not in path.name]
    assert len(handed_out) > 20
    files |= {path.name: bytes_inside(path) for path in handed_out if path.is_file()}
    seen: dict[str, set[str]] = {}
    for path, data in files.items():
        for word in set(re.findall(r"zq\d{7}qz", data.decode("utf-8", "replace") + path)) & made.places.keys():
            seen.setdefault(made.places[word], set()).add(path)
    assert seen == {}


@pytest.mark.slow
def test_canaries_are_in_the_whole_ledger(planted: tuple[Planted, Path]) -> None:
    """So that the test above would find them."""
    made, folder = planted
    kept = b"".join(everything(folder / "content/issued").values()).decode("utf-8", "replace")
    assert len(set(re.findall(r"zq\d{7}qz", kept)) & made.places.keys()) > 30


@pytest.mark.slow
def test_it_verifies_alone(planted: tuple[Planted, Path]) -> None:
    _, folder = planted
    assert docgen(folder, "verify").exit_code == 0
    told = docgen(folder, "verify", "--content", str(folder / "offentlig"))
    assert told.exit_code == 0, told.stdout
    for path in sorted((folder / "build/issued").rglob("*.pdf")):
        told = docgen(folder, "verify", str(path), "--content", str(folder / "offentlig"))
        assert told.exit_code == ("-intern" in path.name), f"{path.name}: {told.stdout}"


@pytest.mark.slow
def test_nothing_closed_changes_a_byte_of_it(planted: tuple[Planted, Path], tmp_path: Path) -> None:
    """Every closed text, id, field, picture and annex is another: the same records, blobs and sizes, but for salts and
    the hashes that are made with them."""
    _, folder = planted
    other = varied(Planted())
    found = []
    for copy in (folder / "offentlig", _issued(other, tmp_path) / "offentlig"):
        files = {path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
        found.append({path: data if ARCHIVE in path else _bare(data) for path, data in files.items()})
    assert found[0].keys() == found[1].keys()
    assert [path for path, data in found[0].items() if data != found[1][path]] == []


def _bare(data: bytes) -> bytes:
    return re.sub(rb'"(salted|salt|hash|previous)": "[0-9a-f]*"', rb'"\1": ""', data)
