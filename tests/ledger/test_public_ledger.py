"""The public ledger: it verifies alone, and neither it nor what is kept of a public edition tells of what is closed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from docgen.archive import ARCHIVE
from docgen.commands.issue import issue_document
from docgen.kinds.edition import Edition
from docgen.ledger.record import CONFIRMED
from docgen.structs import replace
from tests.faults.projects import issuing_project
from tests.ledger.test_closed_issue import CLOSED_SECTION, ISSUE, SENTENCE, issuable
from tests.support.contents import REAL_POLICY
from tests.support.foreign_pdfs import text_pdf
from tests.support.house import CASE, HELD, bytes_inside, docgen, project
from tests.support.issued import DISCUSSION, options

SECRETS = ("Navn Navnesen", "Birkevang Invest", "en hemmelig ordlyd", "lukket-bilag")
CONFIRM = ("--confirm", "Det er kendt")


def closed(*words: str) -> dict[str, bytes]:
    """A case that can be issued, with a closed section and a closed annex that say these words."""
    name, firm, text, annex = words
    section = f"text: {name} og {firm} har {text}., closed: {{reason: en prøve}}"
    added = f"annexes:\n  - {{id: {annex}, title: {text} om {firm}, file: {annex}.pdf,"
    added += " closed: {reason: en prøve}}\ntreatments:\n"
    files = issuable((CASE, "text: Løsningen.", section), (CASE, "treatments:\n", added))
    return {**files, f"annexes/{annex}.pdf": text_pdf(f"{name} skrev {text} til {firm}.")}


def issued(folder: Path, files: dict[str, bytes]) -> Path:
    """A project whose case is issued in both editions, and its public ledger beside it."""
    made = project(folder, files)
    for more in ((), ("--edition", "internal")):
        done = docgen(made, *ISSUE, *more)
        assert done.exit_code == 0, done.stderr
    done = docgen(made, "ledger", "public", str(made / "offentlig"))
    assert done.exit_code == 0, done.stderr
    return made


def everything(folder: Path) -> dict[str, bytes]:
    """Each file of a folder, unpacked."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): bytes_inside(path) for path in files}


@pytest.mark.slow
def test_it_verifies_alone(tmp_path: Path) -> None:
    made = issued(tmp_path / "a", closed(*SECRETS))
    alone = Path(shutil.move(made / "offentlig", tmp_path / "modtaget"))
    pdf = next((made / "build/issued").rglob("*_v1.0.pdf"))
    internal = next((made / "build/issued").rglob("*-intern.pdf"))
    told = docgen(made, "verify", "--content", str(alone))
    assert (told.exit_code, "offentlig kopi: af post 2 er kun hashen med" in told.stdout) == (0, True)
    assert f"{CONFIRMED} er ikke med i den offentlige kopi" in told.stdout
    told = docgen(made, "verify", str(pdf), "--content", str(alone))
    assert (told.exit_code, "hver byte er som udstedt" in told.stdout) == (0, True)
    told = docgen(made, "verify", str(internal), "--content", str(alone))
    assert (told.exit_code, "er ikke blandt de versioner, den offentlige kopi har" in told.stdout) == (1, True)


@pytest.mark.slow
def test_nothing_closed_is_in_it(tmp_path: Path) -> None:
    made = issued(tmp_path, closed(*SECRETS))
    files = everything(made / "offentlig")
    assert len(files) > 8
    for path, data in files.items():
        assert not [word for word in SECRETS if word in data.decode("utf-8", "replace") or word in path], path
    kept = everything(made / "content/issued")
    assert any(SECRETS[0] in data.decode("utf-8", "replace") for data in kept.values()), "the whole one has it all"


@pytest.mark.slow
def test_what_is_closed_changes_no_byte_of_it_but_salts_and_hashes(tmp_path: Path) -> None:
    """Of two projects that differ in closed matter alone: the same records, blobs and sizes."""
    others = ("Anders And", "Andeby Aktieselskab", "en helt anden og meget længere ordlyd", "andet-bilag")
    found = []
    for name, words in (("en", SECRETS), ("to", others)):
        made = issued(tmp_path / name, closed(*words))
        files = {path.relative_to(made / "offentlig").as_posix(): path.read_bytes() for path in _files(made)}
        found.append({path: data if ARCHIVE in path else _bare(data) for path, data in files.items()})
    assert found[0] == found[1]


def _files(made: Path) -> list[Path]:
    return [path for path in sorted((made / "offentlig").rglob("*")) if path.is_file()]


def _bare(data: bytes) -> bytes:
    return re.sub(rb'"(salted|salt|hash|previous)": "[0-9a-f]*"', rb'"\1": ""', data)


def test_that_words_are_closed_elsewhere_is_kept_and_not_handed_on(tmp_path: Path) -> None:
    changes = (
        (
            CASE,
            "text: Løsningen.",
            "text: Firmaet Novo Beton blev valgt til det hele., closed: {reason: en prøve}",
        ),
        (CASE, "text: Problemet.", "text: Kommunen købte sidst af Novo Beton."),
    )
    made = project(tmp_path, issuable(*changes))
    assert docgen(made, *ISSUE, *CONFIRM).exit_code == 0
    assert docgen(made, "ledger", "public", str(made / "offentlig")).exit_code == 0
    whole = everything(made / "content/issued")
    (kept,) = [data for data in whole.values() if CONFIRM[1].encode() in data]
    assert json.loads(kept[:4096])["words"].count("Novo Beton") == 1
    assert not [path for path, data in everything(made / "offentlig").items() if CONFIRM[1].encode() in data]


@pytest.mark.slow
def test_what_happened_later_is_in_it(tmp_path: Path) -> None:
    made = issuing_project(tmp_path)
    issue_document(options(made))
    issue_document(replace(options(made, DISCUSSION, Edition.INTERNAL), confirm="en prøve"))
    day = ("--reason", "en grund", "--date", "2026-02-03")
    assert run_ledger(made, "erase", f"{REAL_POLICY}@1.0", "docx", *day) == 0
    version = next((made / "content/issued").glob("0002-*")).name
    name = f"{DISCUSSION}@{version.rpartition('_v')[2].partition('_')[0]}"
    assert run_ledger(made, "withdraw", name, "--edition", "internal", *day) == 0
    note = json.loads(next((made / "content/issued").glob("0004-*")).read_bytes())["note"]
    assert len(note["salt"]) == 32, "what is withheld cannot be guessed from its hash"
    assert run_ledger(made, "public", str(made / "ud")) == 0
    told = docgen(made, "verify", "--content", str(made / "ud"))
    assert told.exit_code == 0, told.stdout
    assert "docx er slettet den 2026-02-03: en grund" in told.stdout
    assert "af post 2 og 4 er kun hashen med" in told.stdout


def run_ledger(made: Path, *arguments: str) -> int:
    done = docgen(made, "ledger", *arguments)
    assert done.exit_code == 0, done.stderr
    return done.exit_code


@pytest.mark.slow
def test_it_is_told_from_the_whole_one(tmp_path: Path) -> None:
    made = issued(tmp_path, issuable(CLOSED_SECTION))
    again = docgen(made, "ledger", "public", str(made / "offentlig"))
    assert (again.exit_code, "mappen er ikke tom" in again.stderr) == (1, True)
    whole, copy = made / "content/issued", made / "offentlig/issued"
    stub = next(copy.glob("0002-withheld.json"))
    head = (whole / "head.json").read_bytes()
    next(whole.glob("0002-*.json")).unlink()
    shutil.copy(stub, whole)
    told = docgen(made, "verify")
    assert (told.exit_code, "posten er taget ud" in told.stdout) == (1, True), "nothing is taken out unseen"
    shutil.copy(copy / "head.json", whole)
    told = docgen(made, "issue", "policy", "--meeting", HELD)
    assert (told.exit_code, "det er en offentlig kopi" in told.stderr) == (1, True)
    assert docgen(made, "check").exit_code == 1
    (whole / "head.json").write_bytes(head)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["record", "stub", "blob", "key", "head"])
def test_a_changed_byte_of_it_is_found(damage: str, tmp_path: Path) -> None:
    made = issued(tmp_path, issuable(CLOSED_SECTION))
    copy = made / "offentlig/issued"
    paths = {"record": "0001-*.json", "stub": "0002-*.json", "blob": "arkiv/*/*", "key": "noegler/0001.json"}
    path = next(iter(sorted(copy.glob({**paths, "head": "head.json"}[damage]))))
    data = bytearray(path.read_bytes())
    found = re.search(rb"[0-9a-f]{40}", data) if damage != "blob" else None
    place = found.start() if found else len(data) // 2
    data[place] ^= 1
    path.write_bytes(bytes(data))
    told = docgen(made, "verify", "--content", str(made / "offentlig"))
    assert told.exit_code == 1, told.stdout


@pytest.mark.slow
def test_it_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = issued(tmp_path, issuable(CLOSED_SECTION))
    assert docgen(made, "ledger", "public", str(made / "igen")).exit_code == 0
    one, two = (everything(made / name) for name in ("offentlig", "igen"))
    assert one == two
    assert not any(SENTENCE.encode() in data for data in one.values())
