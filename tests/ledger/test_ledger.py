"""What happens to issued versions later: printings, withdrawal, erasure, migration; and what is kept for good."""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from docgen.archive import ARCHIVE, Archive
from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.commands.check import check_content
from docgen.commands.issue import issue_document
from docgen.commands.ledger import LedgerOptions, migrate
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from docgen.ledger.record import MIGRATION
from docgen.ledger.records import Record
from docgen.problems import DocgenError
from docgen.project import Project
from docgen.structs import replace
from tests.faults.projects import MEETING, issuing_project
from tests.support.contents import REAL_POLICY, ROOT, repository, write_content
from tests.support.foreign_pdfs import text_pdf
from tests.support.issued import edit, options, run, small_ledger

FROZEN = ROOT / "tests/frozen"
POLICY_FILE = "policies/indkoebspolitik-2023-2026/policy.yaml"
TODAY = datetime.date(2026, 2, 3)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return issuing_project(tmp_path)


def read(project: Path) -> Project:
    return read_project(project / "content", project / "templates")


def chain(project: Path) -> tuple[Record, ...]:
    return ledger.records(read(project).content_files)


def template(project: Path, old: str, new: str) -> None:
    path = project / "templates/policy_frame.md.j2"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def issued_files(project: Path) -> Mapping[str, bytes]:
    folder = project / "content/issued"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")}


# -- for good -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_version_is_handed_out_as_it_was_whatever_changes(project: Path) -> None:
    issued = issue_document(options(project))
    bytes_then = [path.read_bytes() for path in issued.written]
    shutil.rmtree(project / "build")
    template(project, "Status\n", "Tilstand\n")
    edit(project, POLICY_FILE, "title: Indledning", "title: Indgang")
    edit(project, POLICY_FILE, '"1.0"', '"1.1"')
    result = run(project, "build", f"{REAL_POLICY}@1.0")
    assert (result.exit_code, result.stderr) == (
        0,
        f"{REAL_POLICY} 1.0: samme bytes, som blev udstedt til mødet {MEETING}.\n",
    )
    names = [f"{REAL_POLICY}_v1.0.{format}" for format in ("pdf", "docx", "html")]
    assert [(project / "build" / name).read_bytes() for name in names] == bytes_then


@pytest.mark.slow
def test_the_archive_is_not_read_until_it_is_asked_for(project: Path) -> None:
    issue_document(options(project))
    assert not [path for path in read(project).content_files if path.startswith(ARCHIVE)]
    names = [path.name for path in (project / "content" / ARCHIVE).rglob("*") if path.is_file()]
    assert len(names) == len(set(names)) == 6  # three files, source, tree, and what was confirmed
    for path in (project / "content" / ARCHIVE).rglob("*"):
        assert path.is_dir() or hashlib.sha256(path.read_bytes()).hexdigest() == path.name


@pytest.mark.slow
def test_what_is_lost_or_changed_in_the_archive_is_told_and_never_handed_out(project: Path) -> None:
    record = issue_document(options(project)).record
    archive = Archive(project / "content" / ARCHIVE)
    archive.path(record.files["html"].sha256).write_bytes(b"andet")
    archive.path(record.parts["tree"].sha256).unlink()
    result = run(project, "verify")
    assert (result.exit_code, "arkivet, post 1: html og tree mangler eller er ændret" in result.stdout) == (1, True)
    assert archive.read(record.files["html"].sha256) is None
    assert archive.read("../../settings.yaml") is archive.read("") is None


@pytest.mark.slow
def test_line_ends_of_windows_break_no_record(project: Path) -> None:
    files = {path: data.replace(b"\n", b"\r\n") for path, data in small_ledger().items()}
    assert list(ledger.check_ledger(files)) == []
    issue_document(options(project))
    for path in (project / "content/issued").rglob("*.json"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(project, "verify").exit_code == 0


def test_one_version_has_one_record(project: Path) -> None:
    files = small_ledger()
    first, second, third = ledger.records(files)
    twin = ledger.sealed(replace(third, document=first.document))
    forged = {first.path: files[first.path], second.path: files[second.path], twin.path: ledger.to_json(twin)}
    told = "\n".join(map(str, ledger.check_ledger({**forged, ledger.HEAD: ledger.head(twin)})))
    assert "policy/1 1.0 er udstedt to gange: også i post 1" in told


def test_the_first_form_is_read_for_ever() -> None:
    data = (FROZEN / "record-1.json").read_bytes()
    record = ledger.read_record(data)
    assert (record.format, record.type, record.printing, record.document) == (1, "issue", 1, REAL_POLICY)
    assert ledger.to_json(record) == data
    assert ledger.sealed(record) == record


# -- printings ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_words_in_a_new_look_are_a_new_printing_on_purpose(project: Path) -> None:
    first = issue_document(options(project))
    template(project, "Status\n", "Tilstand\n")
    built = run(project, "build", "policy", "--format", "html")
    assert built.exit_code == 0
    assert f"{REAL_POLICY} er ordlyden af 1.0, i ny form" in built.stderr
    assert issue_document(options(project)).again, "nothing is issued that is not asked for"
    second = issue_document(replace(options(project), new_printing=True, issuer="Sekretariatet"))
    assert (second.record.printing, second.record.issuer) == (2, "Sekretariatet")
    assert second.record.words == first.record.words
    assert second.written[0].name == "indkoebspolitik-2023-2026_v1.0_tryk2.pdf"
    assert [path.exists() for path in first.written] == [True] * 3
    assert run(project, "verify", *map(str, (*first.written, *second.written))).exit_code == 0
    with pytest.raises(DocgenError, match="tryk 2 har de samme bytes"):
        issue_document(replace(options(project), new_printing=True))
    edit(project, POLICY_FILE, "title: Indledning", "title: Indgang")
    with pytest.raises(DocgenError, match=r'hæv version, fx til "1\.1"'):
        issue_document(replace(options(project), new_printing=True))


def test_a_first_printing_is_none_that_is_new(project: Path) -> None:
    with pytest.raises(DocgenError, match="er ikke udstedt endnu; udsted den første gang uden --new-printing"):
        issue_document(replace(options(project), new_printing=True))


# -- withdrawal and erasure -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_withdrawn_version_is_still_what_was_issued(project: Path) -> None:
    issued = issue_document(options(project))
    before = issued_files(project)
    words = ("--reason", "Vedtaget på et forkert grundlag", "--date", "2026-02-03")
    result = run_ledger(project, "withdraw", f"{REAL_POLICY}@1.0", *words)
    assert (result[0], result[1]) == (0, f"{REAL_POLICY}@1.0 er trukket tilbage (post 2).\n")
    assert {path: issued_files(project)[path] for path in before if path != "head.json"} == {
        path: data for path, data in before.items() if path != "head.json"
    }
    told = run(project, "verify", str(issued.written[0]))
    assert told.exit_code == 0
    assert "gyldighed: trukket tilbage den 2026-02-03: Vedtaget på et forkert grundlag" in told.stdout
    assert run_ledger(project, "withdraw", f"{REAL_POLICY}@1.0", *words)[0] == 1


@pytest.mark.slow
def test_what_is_erased_is_gone_and_the_chain_is_whole(project: Path) -> None:
    issued = issue_document(options(project))
    digest = issued.record.files["pdf"].sha256
    words = ("--reason", "databeskyttelsesforordningen artikel 17", "--date", "2026-02-03")
    code, told = run_ledger(project, "erase", f"{REAL_POLICY}@1.0", "pdf", "source", "tree", *words)
    assert code == 0
    assert f"pdf source tree af {REAL_POLICY}@1.0 er slettet (post 2)" in told
    assert f"{issued.written[0].as_posix()} er en kopi, som ikke er slettet" in told
    kept = b"".join(path.read_bytes() for path in (project / "content/issued").rglob("*") if path.is_file())
    assert digest.encode() not in kept, "nor is there anything to try a guess against"
    shutil.rmtree(project / "build")
    result = run(project, "verify")
    assert result.exit_code == 0
    assert "pdf er slettet den 2026-02-03: databeskyttelsesforordningen artikel 17" in result.stdout
    result = run(project, "build", f"{REAL_POLICY}@1.0", "--format", "pdf")
    assert (result.exit_code, "pdf er slettet den 2026-02-03: databeskyttelses" in result.stderr) == (1, True)
    assert run(project, "build", f"{REAL_POLICY}@1.0", "--format", "html").exit_code == 0
    assert run_ledger(project, "erase", f"{REAL_POLICY}@1.0", "findes-ikke", *words)[0] == 1


@pytest.mark.slow
def test_a_copy_of_what_is_erased_is_not_called_another_and_it_is_never_made_again(project: Path) -> None:
    issued = issue_document(options(project))
    pdf = next(path for path in issued.written if path.suffix == ".pdf")
    words = ("--reason", "databeskyttelsesforordningen artikel 17", "--date", "2026-02-03")
    assert run_ledger(project, "erase", f"{REAL_POLICY}@1.0", "pdf", *words)[0] == 0
    told = run(project, "verify", str(pdf))
    assert "pdf af versionen er slettet den 2026-02-03: databeskyttelsesforordningen artikel 17" in told.stdout
    assert "slet den også" in told.stdout
    assert ("NEJ" in told.stdout, told.exit_code) == (False, 3)
    built = run(project, "build", f"{REAL_POLICY}@1.0")
    assert built.exit_code == 0
    assert "pdf er slettet den 2026-02-03" in built.stderr
    assert [line.rpartition(".")[2] for line in built.stdout.split()] == ["docx", "html"]


@pytest.mark.slow
def test_an_erasure_that_was_interrupted_is_told_and_finished(project: Path) -> None:
    record = issue_document(options(project)).record
    blob = Archive(project / "content" / ARCHIVE).path(record.files["pdf"].sha256)
    keys, data = (project / "content" / record.keys_path).read_bytes(), blob.read_bytes()
    words = ("--reason", "GDPR", "--date", "2026-02-03")
    assert run_ledger(project, "erase", f"{REAL_POLICY}@1.0", "pdf", *words)[0] == 0
    blob.write_bytes(data)
    (project / "content" / record.keys_path).write_bytes(keys)
    assert "pdf skulle være slettet; gentag docgen ledger erase" in run(project, "verify").stdout
    assert run_ledger(project, "erase", f"{REAL_POLICY}@1.0", "pdf", *words)[0] == 0
    assert (len(chain(project)), blob.exists(), run(project, "verify").exit_code) == (2, False, 0)


@pytest.mark.slow
def test_a_key_that_is_changed_or_gone_is_found(project: Path) -> None:
    record = issue_document(options(project)).record
    path = project / "content" / record.keys_path
    for changed in (b"{}", b"intet", path.read_bytes().replace(record.files["pdf"].sha256.encode(), b"0" * 64)):
        path.write_bytes(changed)
        assert list(ledger.check_ledger(read(project).content_files)) != []
        assert run(project, "verify").exit_code == 1


def run_ledger(project: Path, *arguments: str) -> tuple[int, str]:
    command, *rest = arguments
    folders = ["--content", str(project / "content"), "--templates", str(project / "templates")]
    folders += ["--output", str(project / "build")] if command not in ("withdraw", "public") else []

    result = CliRunner().invoke(main, ["ledger", command, *rest, *folders])
    return result.exit_code, result.stderr


# -- migration ------------------------------------------------------------------------------------------------------


def old_project(folder: Path) -> Path:
    """This repository with its ledger as it was before it was migrated."""
    files = {path: data for path, data in repository().content_files.items() if not path.startswith("issued/")}
    record = ledger.read_record((FROZEN / "record-1.json").read_bytes())
    files |= {record.path: ledger.to_json(record), ledger.HEAD: ledger.head(record)}
    write_content(folder / "content", files)
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def test_an_old_ledger_is_migrated_once_and_not_rewritten(tmp_path: Path) -> None:
    project = old_project(tmp_path)
    before = issued_files(project)
    (old,) = chain(project)
    kept = Archive(ROOT / "content" / ARCHIVE)
    for name, file in old.files.items():
        data = kept.read(file.sha256)
        assert data is not None, "the repository's archive has what was issued"
        if name != "docx":
            (project / "build" / file.path).parent.mkdir(parents=True, exist_ok=True)
            (project / "build" / file.path).write_bytes(data)
    given = LedgerOptions(project / "content", project / "templates", project / "build", "Arkivet")
    done = migrate(given)
    assert done.missing == (old.files["docx"].path,)
    assert (done.record.type, done.record.number, done.record.previous) == (MIGRATION, 2, old.hash)
    assert done.record.note["head"] == old.hash
    # The tree is kept where this docgen makes the very one that the record has the hash of.
    assert set(done.record.parts) - {"0001/tree"} == {f"0001/{name}" for name in ("pdf", "html", "source")}
    assert issued_files(project)[Path(old.path).name] == before[Path(old.path).name]
    assert run(project, "verify").exit_code == 0
    with pytest.raises(DocgenError, match="flyttet allerede"):
        migrate(given)


@pytest.mark.slow
def test_there_must_be_something_to_migrate(project: Path) -> None:
    issue_document(options(project))
    with pytest.raises(DocgenError, match="ingen poster i den gamle form"):
        migrate(LedgerOptions(project / "content", project / "templates", project / "build"))


def test_this_repositorys_first_record_is_never_rewritten() -> None:
    """The adopted policy: what was issued on 1 December 2022 is in the archive, byte for byte."""
    files = repository().content_files
    assert list(ledger.check_ledger(files)) == []
    first, second, *_ = ledger.records(files)
    assert hashlib.sha256(files[first.path]).hexdigest() == (
        "f9a3a6b9f09c0b6c1f274dceda72f3d560bbfed2695008530d6cadea84ca6af8"
    )
    assert ledger.to_json(first) == (FROZEN / "record-1.json").read_bytes()
    assert (second.type, second.note["head"]) == (MIGRATION, first.hash)
    archive = Archive(ROOT / "content" / ARCHIVE)
    kept = {name: archive.read(file.sha256) for name, file in first.files.items()}
    assert {name: hashlib.sha256(data or b"").hexdigest() for name, data in kept.items()} == {
        name: file.sha256 for name, file in first.files.items()
    }
    found = ledger.RecordIndex(files).find(REAL_POLICY, "1.0", Edition.PUBLIC.value)
    assert found == first


# -- an adopted version beside today's ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_case_keeps_the_version_that_it_attaches(project: Path) -> None:
    issued = issue_document(options(project))
    case = "case/beslutning/borgerrepraesentationen"
    edit(project, POLICY_FILE, '"1.0"', '"1.1"')
    edit(project, POLICY_FILE, "title: Indledning", "title: Indgang")
    result = run(project, "build", case, "--with-annexes", "--format", "html")
    assert result.exit_code == 0, result.stderr
    (pack,) = (project / "build").rglob("*-med-bilag.pdf")
    reader = PdfReader(pack)
    shown = "\n".join(page.extract_text() for page in reader.pages)
    assert ("Indledning" in shown, "Indgang" in shown) == (True, False), "what was issued, and nothing else"
    source = json.loads(reader.attachments["kilde.json"][0])
    digest = hashlib.sha256(issued.written[0].read_bytes()).hexdigest()
    assert source["annexes"][f"{REAL_POLICY}@1.0"] == f"sha256:{digest}"
    kept = issue_document(options(project, case)).record
    assert kept.parts[f"{REAL_POLICY}@1.0"].sha256 == digest
    Archive(project / "content" / ARCHIVE).path(digest).unlink()
    result = run(project, "build", case, "--with-annexes", "--format", "html", "--force")
    assert (result.exit_code, f"{REAL_POLICY} 1.0 ligger ikke i arkivet" in result.stderr) == (1, True)
    foreseen = check_content(project / "content", project / "templates")
    assert [f"{REAL_POLICY} 1.0 ligger ikke i arkivet" in problem.message for problem in foreseen][:1] == [True]


def test_a_version_that_is_not_issued_cannot_be_attached(project: Path) -> None:
    edit(project, POLICY_FILE, '"1.0"', '"1.1"')
    result = run(project, "build", "case/beslutning", "--format", "html")
    assert (result.exit_code, f"{REAL_POLICY} findes i version 1.1, ikke 1.0" in result.stderr) == (1, True)


@pytest.mark.slow
def test_a_swapped_annex_is_told_by_build_check_and_verify(project: Path) -> None:
    case = "case/aflaeggerbord"
    annex = project / "content/annexes/rapport.pdf"
    record = issue_document(options(project, case)).record
    assert record.parts["annexes/rapport.pdf"].sha256 == hashlib.sha256(annex.read_bytes()).hexdigest()
    before = annex.read_bytes()
    assert run(project, "verify").exit_code == 0
    annex.write_bytes(text_pdf("En anden rapport."))
    folders = ["--content", str(project / "content"), "--templates", str(project / "templates")]
    told = "bilaget rapport.pdf er ikke det, der var vedlagt"
    for result in (
        run(project, "build", case, "--format", "html"),
        CliRunner().invoke(main, ["check", case, *folders]),
    ):
        assert (result.exit_code, told in result.stderr) == (1, True), result.stderr
    result = run(project, "verify")
    assert (result.exit_code, "NEJ annexes/rapport.pdf: er nu et andet" in result.stdout) == (1, True)
    annex.write_bytes(before)
    assert run(project, "build", case, "--format", "html").exit_code == 0


@pytest.mark.slow
def test_a_pack_is_issued_and_verified_as_a_whole(project: Path) -> None:
    case, agenda = "case/beslutning/borgerrepraesentationen", f"meeting/{MEETING}/dagsorden"
    issue_document(options(project))
    issued = issue_document(options(project, case))
    pack = issued.written[-1]
    assert pack.name == "borgerrepraesentationen_v2.1-mappe.pdf"
    assert f"{REAL_POLICY}@1.0" in issued.record.parts
    told = run(project, "verify", str(pack))
    assert (told.exit_code, "mappen til case/beslutning" in told.stdout) == (0, True)
    pack.write_bytes(pack.read_bytes() + b"\n")
    assert run(project, "verify", str(pack)).exit_code == 1
    whole = issue_document(options(project, agenda)).record
    assert whole.parts[f"{case}@2.1"].sha256 == issued.record.files["pdf"].sha256, (
        "a part that is issued is the very one"
    )
    assert whole.note == {}
    result = run(project, "build", f"{case}@2.1", "--with-annexes", "--format", "html")
    assert result.exit_code == 0
    (again,) = (project / "build/case").rglob("*-mappe.pdf")
    assert hashlib.sha256(again.read_bytes()).hexdigest() == issued.record.files["mappe"].sha256


@pytest.mark.slow
def test_an_agenda_says_which_of_its_cases_are_not_issued(project: Path) -> None:
    issue_document(options(project))
    confirmed = ("--confirm", "en prøve")
    told = run(project, "issue", f"meeting/{MEETING}/dagsorden", "--meeting", MEETING, *confirmed)
    name = "case/beslutning/borgerrepraesentationen@2.1"
    assert told.exit_code == 0, told.stderr
    assert f"Bemærk: {name} er med, men er ikke udstedt." in told.stderr
    assert chain(project)[-1].note == {"unissued": name}


# -- an archive elsewhere -------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("named", ["../arkiv", "arkiver/udstedt", "issued/blokke"])
def test_settings_name_the_archive(named: str, project: Path) -> None:
    edit(project, "settings.yaml", "language:", f"archive: {named}\nlanguage:")
    record = issue_document(options(project)).record
    folder = project / "content" / named
    assert Archive(folder).read(record.files["pdf"].sha256) is not None
    assert not (project / "content" / ARCHIVE).exists()
    assert not [path for path in read(project).content_files if "blokke" in path or "udstedt" in path]
    shutil.rmtree(project / "build")
    for command in (("verify",), ("build", f"{REAL_POLICY}@1.0")):
        told = run(project, *command)
        assert told.exit_code == 0, told.stdout + told.stderr
    assert run_ledger(project, "public", str(project / "ud"))[0] == 0
    assert run(project, "verify").exit_code == 0
    shutil.rmtree(folder)
    told = run(project, "verify")
    assert (told.exit_code, "mangler eller er ændret" in told.stdout) == (1, True)


@pytest.mark.slow
def test_an_archive_that_settings_moved_and_nobody_else_is_told(project: Path) -> None:
    """By each command that would read or write it, with what to do; and when that is done, all is as it was."""
    record = issue_document(options(project)).record
    before = (project / "content/settings.yaml").read_bytes()
    edit(project, "settings.yaml", "language:", "archive: ../arkiv\nlanguage:")
    again = ("issue", REAL_POLICY, "--meeting", MEETING)
    for command in (("verify",), ("build", f"{REAL_POLICY}@1.0"), ("build", REAL_POLICY), again):
        told = run(project, *command)
        assert told.exit_code == (2 if command == ("verify",) else 1), "no verdict, for nothing could be asked"
        assert "settings.yaml:9:10: det udstedte ligger i issued/arkiv endnu" in told.stderr + told.stdout, command
        assert "flyt det hele fra content/issued/arkiv til '../arkiv', eller slet linjen archive" in told.stderr
    assert not (project / "arkiv").exists()
    old = project / "content" / ARCHIVE
    shutil.copytree(old, project / "arkiv")
    (lost,) = old.rglob(record.files["pdf"].sha256)
    (project / "arkiv" / lost.relative_to(old)).unlink()
    assert "(1 fil er ikke i '../arkiv')" in run(project, "verify").stderr
    shutil.rmtree(project / "arkiv")
    old.rename(project / "arkiv")
    for command in (("verify",), ("build", f"{REAL_POLICY}@1.0"), again):
        told = run(project, *command)
        assert told.exit_code == 0, told.stdout + told.stderr
    (project / "content/settings.yaml").write_bytes(before)
    told = run(project, "verify")
    assert (told.exit_code, "mangler eller er ændret" in told.stdout) == (1, True), "and back again it is missed"


@pytest.mark.parametrize("named", [".", "..", "../content"])
def test_the_archive_is_a_folder_of_its_own(named: str, project: Path) -> None:
    edit(project, "settings.yaml", "language:", f"archive: {named}\nlanguage:")
    told = run(project, "build")
    assert told.exit_code == 1
    assert f"arkivet kan ikke ligge i '{named}'; skriv en mappe for sig selv" in told.stderr
