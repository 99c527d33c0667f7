"""`docgen issue`: final versions, what is refused, and what holds when it is interrupted."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docgen import pipeline
from docgen.archive import Archive
from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.commands.issue import IssueOptions, issue_document
from docgen.files import installed
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from docgen.ledger.rebuild import rebuild, written_again
from docgen.ledger.versions import changed_files, next_version, own_file
from docgen.ledger.words import hash_of, words, words_hash
from docgen.pipeline import Job
from docgen.problems import DocgenError
from docgen.project import Project, project_of_source
from docgen.structs import replace
from docgen.tree import typography
from docgen.tree.document import texts
from docgen.tree.stored import decode_tree, encode_tree
from tests.conftest import Golden
from tests.faults.projects import MEETING, issuing_project, outputs
from tests.support.contents import REAL_POLICY, repository, write_content
from tests.support.examples_project import examples
from tests.support.foreign_pdfs import text_pdf
from tests.support.issued import DISCUSSION, edit, options, run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return issuing_project(tmp_path)


def refused(project: Path, document: str, edition: Edition = Edition.PUBLIC) -> str:
    with pytest.raises(DocgenError) as caught:
        issue_document(options(project, document, edition))
    assert not (project / "build").exists(), "nothing is written"
    assert not list((project / "content/issued").glob("*.json"))
    return str(caught.value)


# -- to issue ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_files_and_the_record(project: Path) -> None:
    issued = issue_document(options(project))
    names = [path.relative_to(project / "build").as_posix() for path in issued.written]
    assert names == [f"issued/{MEETING}/{REAL_POLICY}_v1.0.{format}" for format in ("pdf", "docx", "html")]
    (path,) = (project / "content/issued").glob("0*.json")
    assert path.name == "0001-policy-indkoebspolitik-2023-2026_v1.0_public.json"
    record = issued.record
    assert replace(ledger.read_record(path.read_bytes()), files=record.files, parts=record.parts) == record
    (known,) = ledger.records(read_project(project / "content", project / "templates").content_files)
    assert known == record, "with its keys"
    assert (record.meeting, record.date, record.previous) == (MEETING, "2024-06-20", "")
    assert record.made_with == installed()
    archive = Archive(project / "content/issued/arkiv")
    kept = {name: archive.read(payload.sha256) for name, payload in record.payloads.items()}
    assert list(kept) == ["pdf", "docx", "html", "source", "tree", "confirmed"]
    assert [kept[path.suffix[1:]] for path in issued.written] == [path.read_bytes() for path in issued.written]
    assert kept["source"] is not None
    assert kept["tree"] is not None
    assert set(json.loads(kept["source"])["files"]) >= {"content/settings.yaml", "templates/policy.md.j2"}
    job = Job(repository_of(project), REAL_POLICY)
    assert (kept["tree"], record.words) == (encode_tree(job.tree, lines=False), words_hash(job))
    assert list(texts(decode_tree(kept["tree"]))) == list(texts(job.tree))
    again = written_again(kept["source"], repository().font_directories)
    assert [again[path.suffix[1:]] == path.read_bytes() for path in issued.written] == [True] * 3


@pytest.mark.slow
def test_again_is_nothing_new(project: Path) -> None:
    first = issue_document(options(project))
    before = {path: path.read_bytes() for path in (project / "content/issued").glob("*.json")}
    issued = {path: path.read_bytes() for path in first.written}
    for path in first.written[1:]:
        path.unlink()
    second = issue_document(options(project))
    assert (second.again, second.written) == (True, first.written[1:]), "a missing file is made again"
    assert {path: path.read_bytes() for path in first.written} == issued
    assert {path: path.read_bytes() for path in (project / "content/issued").glob("*.json")} == before


@pytest.mark.slow
def test_a_version_number_names_one_content_for_ever(project: Path) -> None:
    issue_document(options(project))
    edit(project, "glossary.yaml", "abbreviations:", "# en bemærkning, der ikke ændrer noget\nabbreviations:")
    assert run(project, "build", "policy", "--format", "tree").exit_code == 0, "what it says is the same"
    edit(project, "policies/indkoebspolitik-2023-2026/policy.yaml", "title: Indledning", "title: Indgang")
    for command in (("build", "policy"), ("issue", "policy", "--meeting", MEETING)):
        result = run(project, *command)
        assert result.exit_code == 1
        assert f"{REAL_POLICY} 1.0 er udstedt til mødet {MEETING} med et andet indhold" in result.stderr
        assert 'hæv version, fx til "1.1"' in result.stderr
        # It is the policy's own file that has the version, in line 12.
        assert result.stderr.partition(": ")[0].endswith("content/policies/indkoebspolitik-2023-2026/policy.yaml:12:10")
        assert "(ændret: content/policies/indkoebspolitik-2023-2026/policy.yaml)" in result.stderr
        assert "glossary.yaml" not in result.stderr, "a comment is no part of what was issued"
    edit(project, "policies/indkoebspolitik-2023-2026/policy.yaml", '"1.0"', '"1.1"')
    for path in ("cases/beslutning.yaml",):
        edit(project, path, 'version: "1.0"}', 'version: "1.1"}')
    assert run(project, "build", "policy", "--format", "tree").exit_code == 0
    assert issue_document(options(project)).record.number == 2


@pytest.mark.slow
def test_a_newer_docgen_is_no_change_of_content(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue_document(options(project))
    typeset = typography.typeset
    monkeypatch.setattr(
        typography, "typeset", lambda document, style: replace(typeset(document, style), subject="sat på en ny måde")
    )
    assert run(project, "build", "policy", "--format", "tree").exit_code == 0
    edit(project, "policies/indkoebspolitik-2023-2026/policy.yaml", "title: Indledning", "title: Indgang")
    result = run(project, "build", "policy", "--format", "tree")
    assert (result.exit_code, "med et andet indhold" in result.stderr) == (1, True)


@pytest.mark.slow
def test_an_issued_version_is_built_again_from_its_record(project: Path) -> None:
    issued = issue_document(options(project))
    edit(project, "policies/indkoebspolitik-2023-2026/policy.yaml", "title: Indledning", "title: Indgang")
    result = run(project, "build", f"{REAL_POLICY}@1.0", "--format", "html")
    assert (result.exit_code, result.stderr) == (
        0,
        f"{REAL_POLICY} 1.0: samme bytes, som blev udstedt til mødet {MEETING}.\n",
    )
    assert (project / f"build/{REAL_POLICY}_v1.0.html").read_bytes() == issued.written[2].read_bytes()
    result = run(project, "build", f"{REAL_POLICY}@2.0")
    assert (result.exit_code, f"vælg {REAL_POLICY}@1.0" in result.stderr) == (1, True)


@pytest.mark.slow
def test_a_version_is_built_again_in_the_edition_that_is_asked_for(project: Path) -> None:
    case = "case/beslutning/borgerrepraesentationen"
    issue_document(options(project))
    inside = issue_document(options(project, case, Edition.INTERNAL))
    again = ("build", f"{case}@{inside.record.version}", "--format", "html")
    result = run(project, *again)
    assert (result.exit_code, "versionen er ikke udstedt; vælg" in result.stderr) == (1, True)
    assert f"{case}@{inside.record.version} --edition internal" in result.stderr
    shown = issue_document(options(project, case))
    for issued, edition, suffix in ((shown, "public", ""), (inside, "internal", "-intern")):
        assert run(project, *again, "--edition", edition).exit_code == 0
        built = project / f"build/{case}_v{issued.record.version}{suffix}.html"
        assert built.read_bytes() == issued.written[2].read_bytes()
    result = run(project, "build", f"{case}@{inside.record.version}", "--format", "tree")
    assert (result.exit_code, "har ikke det format; vælg pdf, docx eller html" in result.stderr) == (1, True)


# -- what is refused --------------------------------------------------------------------------------------------


def test_a_draft_is_not_issued(project: Path) -> None:
    assert "dokumentet er udkast og kan ikke udstedes" in refused(project, "case/droeftelse")


def test_a_remark_in_the_file_is_not_issued(project: Path) -> None:
    edit(project, "cases/orientering.yaml", "kind: briefing", "kind: briefing  # TODO: spørg Jura")
    assert "content/cases/orientering.yaml:3:17: her står en bemærkning" in refused(project, DISCUSSION).replace(
        project.as_posix() + "/", ""
    )


@pytest.mark.slow
def test_a_heading_in_a_text_is_no_remark(project: Path) -> None:
    edit(project, "cases/orientering.yaml", '"Hvert år får udvalget en status."', '"# Husk\\n\\nHvert år en status."')
    edit(project, "cases/orientering.yaml", '"Status er uændret.', '"# TODO-listen\\n\\nStatus er uændret.')
    assert issue_document(options(project, DISCUSSION)).record.number == 1


@pytest.mark.slow
def test_what_may_be_a_cpr_number_is_not_issued_until_it_is_said_not_to_be(project: Path) -> None:
    edit(project, "cases/orientering.yaml", '"Status er uændret.', '"Status er uændret, se 010190-1234.')
    told = refused(project, DISCUSSION)
    assert "DG607" in told
    line = next(line for line in told.split("\n") if "DG607" in line)
    path, number = project / "content/cases/orientering.yaml", int(line.split(":")[1])
    lines = path.read_text("utf-8").split("\n")
    lines.insert(
        number - 1,
        " " * (len(lines[number - 1]) - len(lines[number - 1].lstrip())) + "# docgen: tillad DG607 nummer på en pumpe",
    )
    path.write_text("\n".join(lines), "utf-8")
    assert issue_document(options(project, DISCUSSION)).record.number == 1


@pytest.mark.slow
def test_a_cpr_number_in_an_annex_is_not_issued(project: Path) -> None:
    (project / "content/annexes/rapport.pdf").write_bytes(text_pdf("Ansøger 010190-1234 får afslag."))
    assert "DG601" in refused(project, "case/aflaeggerbord")
    (project / "content/annexes/rapport.pdf").write_bytes(text_pdf("Ansøgeren får afslag."))
    (project / "content/annexes/liste.pdf").write_bytes(text_pdf("Ansøger 010190-1234 får afslag."))
    public = issue_document(options(project, "case/aflaeggerbord")).record
    assert public.edition == "public", "the list is closed, so it is not sent out in this edition"
    with pytest.raises(DocgenError, match="DG601"):
        issue_document(options(project, "case/aflaeggerbord", Edition.INTERNAL))


def test_unwritten_text_is_not_issued(project: Path) -> None:
    edit(project, "cases/orientering.yaml", "Udvalget skal tage en status", "UDFYLD skal tage en status")
    assert "her er ikke udfyldt" in refused(project, DISCUSSION)


@pytest.mark.slow
def test_a_missing_figure_is_not_issued_without_a_reason(project: Path) -> None:
    shutil.rmtree(project / "content")
    files = repository().content_files
    write_content(project / "content", {path: data for path, data in files.items() if not path.startswith("issued/")})
    report = options(project, "follow-up/2023")
    with pytest.raises(DocgenError) as caught:
        issue_document(report)
    missing = re.findall(r"tallet for 2023 i '([a-z-]+)' mangler", str(caught.value))
    assert "partnerskaber" in missing
    edit(
        project, "follow_ups/2023.yaml", "value: null\n", "value: null\n        note: Tallet er ikke offentliggjort.\n"
    )
    with pytest.raises(DocgenError) as caught:
        issue_document(report)
    assert "mangler" not in str(caught.value)
    assert "dokumentet er udkast" in str(caught.value)


@pytest.mark.slow
def test_a_broken_chain_is_told_by_check(project: Path) -> None:
    issue_document(options(project))
    (path,) = (project / "content/issued").glob("0*.json")
    path.write_bytes(path.read_bytes().replace(b'"vedtaget"', b'"udkast"', 1))
    result = CliRunner().invoke(
        main, ["check", "--content", str(project / "content"), "--templates", str(project / "templates")]
    )
    assert (result.exit_code, f"{path.as_posix()}: posten er ændret" in result.output) == (1, True)


@pytest.mark.slow
def test_an_unknown_meeting_and_all_reasons_at_once(project: Path) -> None:
    edit(project, "cases/droeftelse.yaml", "kind: discussion", "kind: discussion  # ? hvem")
    with pytest.raises(DocgenError) as caught:
        issue_document(replace(options(project, "case/droeftelse"), meeting="2024-06-20-x"))
    assert [words in str(caught.value) for words in ("mødet findes ikke", "udkast", "ikke er løst")] == [True] * 3


@pytest.mark.slow
def test_annexes_are_issued_first(project: Path) -> None:
    case = "case/beslutning/borgerrepraesentationen"
    assert f"bilaget {REAL_POLICY} 1.0 er ikke udstedt" in refused(project, case)
    issue_document(options(project))
    assert issue_document(options(project, case)).record.number == 2


@pytest.mark.slow
def test_closed_words_in_an_open_text_are_not_issued(project: Path) -> None:
    edit(project, "cases/beslutning.yaml", "Ordningen udløber", "Leverandørens tilbud er vurderet. Ordningen udløber")
    issue_document(options(project))
    with pytest.raises(DocgenError, match="ordene er lukkede, men står også i en åben tekst"):
        issue_document(options(project, "case/beslutning/borgerrepraesentationen"))
    inside = options(project, "case/beslutning/borgerrepraesentationen", Edition.INTERNAL)
    assert issue_document(inside).written[0].name.endswith("_v2.1-intern.pdf")


@pytest.mark.slow
def test_what_is_told_where_nothing_is_issued(project: Path, golden: Golden) -> None:
    edit(project, "cases/droeftelse.yaml", "kind: discussion", "kind: discussion  # ? hvem")
    case = "case/beslutning/borgerrepraesentationen"
    found = repository_of(project)
    shown = [
        ("alt på én gang", _told(replace(options(project, "case/droeftelse"), meeting="2024-06-20-x"))),
        ("bilaget først", _told(options(project, case))),
        ("flere dokumenter", _told(options(project, "case/beslutning"))),
        ("intet udstedt", _problems(lambda: rebuild(found, f"{REAL_POLICY}@1.0"))),
    ]
    issue_document(options(project))
    found = repository_of(project)
    shown += [
        ("et andet møde", _told(replace(options(project), meeting="2024-09-17-oeu"))),
        ("en anden version", _problems(lambda: rebuild(found, f"{REAL_POLICY}@2.0"))),
        ("en anden udgave", _problems(lambda: rebuild(found, f"{REAL_POLICY}@1.0", Edition.INTERNAL))),
    ]
    edit(project, "policies/indkoebspolitik-2023-2026/policy.yaml", "title: Indledning", "title: Indgang")
    shown.append(("et andet indhold", _told(options(project))))
    told = "\n".join(f"## {name}\n{words}\n" for name, words in shown)
    golden("errors/issue.txt", told.replace(project.as_posix() + "/", ""))


def repository_of(project: Path) -> Project:
    return read_project(project / "content", project / "templates")


def _told(given: IssueOptions) -> str:
    return _problems(lambda: issue_document(given))


def _problems(attempt: Callable[[], object]) -> str:
    with pytest.raises(DocgenError) as caught:
        attempt()
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(("version", "after"), [("1.0", "1.1"), ("1.9", "1.10"), ("2.0.3", "2.0.4")])
def test_the_version_after(version: str, after: str) -> None:
    assert next_version(version) == after


def test_what_is_changed_is_named_in_both_directions() -> None:
    assert changed_files({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "d": 4}) == ["b", "c", "d"]
    assert changed_files({}, {"a": 1}) == [], "nothing is known of what is erased"


def test_the_file_of_a_document_is_the_one_that_says_its_version() -> None:
    found = examples()
    assert own_file(Job(found, REAL_POLICY)) == "content/policies/indkoebspolitik-2023-2026/policy.yaml"
    assert own_file(Job(found, "case/droeftelse")) == "content/cases/droeftelse.yaml"
    assert own_file(Job(found, "meeting/2024-06-20-br/dagsorden")) == "content/meetings/2024-06-20-br.yaml"


# -- faults -----------------------------------------------------------------------------------------------------

COMMAND = (sys.executable, "-m", "docgen", "issue", "policy", "--meeting", MEETING)


@pytest.mark.slow
def test_killed_at_any_moment_it_is_issued_or_not(project: Path) -> None:
    """Killed at many moments: the chain is whole, and doing it again gives what one whole run gives."""
    whole = project.parent / "hel"
    shutil.copytree(project, whole)
    started = time.monotonic()
    subprocess.run(COMMAND, cwd=whole, check=True, capture_output=True)
    seconds = time.monotonic() - started
    for part in (0.3, 0.6, 0.7, 0.8, 0.84, 0.88, 0.92, 0.96):
        process = subprocess.Popen(COMMAND, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds * part)
        process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()
        found = repository_of(project).content_files
        assert list(ledger.check_ledger(found)) == []
    subprocess.run(COMMAND, cwd=project, check=True, capture_output=True)
    assert outputs(project / "build") == outputs(whole / "build")
    # Salts are new each time, and so are the hashes of what has them; all else is the same.
    kept = [set(outputs(folder / "content/issued")) for folder in (project, whole)]
    assert kept[0] == kept[1]
    chains = [ledger.records(repository_of(folder).content_files) for folder in (project, whole)]
    plain = [
        [replace(one, hash="", files=_plain(one.files), parts=_plain(one.parts)) for one in chain] for chain in chains
    ]
    assert plain[0] == plain[1]


def _plain(payloads: Mapping[str, ledger.Payload]) -> dict[str, ledger.Payload]:
    return {name: replace(payload, salted="") for name, payload in payloads.items()}


@pytest.mark.slow
def test_two_at_once_do_not_mix(project: Path) -> None:
    other = (*COMMAND[:4], DISCUSSION, *COMMAND[5:])
    quiet: Any = {"cwd": project, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, **quiet) for command in (COMMAND, other, COMMAND)]
    assert [process.wait() for process in running] == [0, 0, 0]
    found = repository_of(project).content_files
    assert len(list(ledger.RecordIndex(found).paths)) == 2
    assert list(ledger.check_ledger(found)) == []


# -- this repository's ledger -----------------------------------------------------------------------------------


def test_the_policy_is_issued_and_says_what_it_said(tmp_path: Path) -> None:
    files = repository().content_files
    assert list(ledger.check_ledger(files)) == []
    record = ledger.RecordIndex(files).find(REAL_POLICY, "1.0", "public")
    assert record is not None
    assert (record.meeting, record.date) == ("2022-12-01-br", "2022-12-01")
    source = record.source_bytes
    again, id, edition = project_of_source(source, repository().font_directories)
    # What is read from top to bottom in the form that it was issued in stands in today's, but for what is the form's
    # own: the figures that were a table, the list of versions, the fingerprint.
    issued, now = pipeline.build_tree(again, id, edition), pipeline.build_tree(repository(), REAL_POLICY)
    today = "\n".join(texts(now))
    own = {"Område", "I alt", "Fingeraftryk", issued.fingerprint, "Versioner", "Dato", "Hvad er nyt", "1.12.2022"}
    own |= {"Tabel\N{NO-BREAK SPACE}1. Kommunens indkøb i 2021"}
    assert [text for text in texts(issued) if text not in today and text not in own] == []
    assert words_hash(Job(repository(), REAL_POLICY)) == hash_of(words(source, repository().kinds))
    if dict(record.made_with) == installed():
        assert {
            name: hashlib.sha256(data).hexdigest()
            for name, data in written_again(source, repository().font_directories).items()
        } == {name: file.sha256 for name, file in record.files.items()}
