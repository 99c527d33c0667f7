"""`docgen issue` and `docgen verify`: final versions, the chain of records, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from docgen import build, pipeline, typography
from docgen.cli import main
from docgen.document import Document
from docgen.files import installed
from docgen.issuing import issue, ledger, verifying
from docgen.issuing.issue import IssueOptions, issue_document, rebuild, written_again
from docgen.issuing.issued_versions import changed_files, next_version, own_file
from docgen.issuing.verify import Check, Finding, Verdict, changed_makers, verify_file, verify_ledger
from docgen.issuing.verifying import as_text
from docgen.kinds.prepared import Edition
from docgen.pipeline import Format, Project
from docgen.problems import DocgenError, Origin
from docgen.structs import replace
from tests.conftest import Golden
from tests.contents import REAL_POLICY, ROOT, repository, write_content
from tests.effort import tries
from tests.examples_project import example_files
from tests.foreign_pdfs import report_pdf, text_pdf

MEETING = "2024-06-20-br"
DISCUSSION = "case/orientering"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_content(tmp_path / "content", example_files())
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def options(project: Path, document: str = REAL_POLICY, edition: Edition = Edition.PUBLIC) -> IssueOptions:
    folders = (project / "content", project / "templates", project / "build")
    return IssueOptions(document, MEETING, *folders, edition)


def run(project: Path, command: str, *arguments: str) -> Result:
    folders = ["--content", str(project / "content"), "--output", str(project / "build")]
    if command != "verify":  # it needs none
        folders += ["--templates", str(project / "templates")]
    return CliRunner().invoke(main, [command, *arguments, *folders])


def edit(project: Path, path: str, old: str, new: str) -> None:
    place = project / "content" / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")


def refused(project: Path, document: str, edition: Edition = Edition.PUBLIC) -> str:
    with pytest.raises(DocgenError) as caught:
        issue_document(options(project, document, edition))
    assert not (project / "build").exists(), "nothing is written"
    assert not list((project / "content/issued").glob("*.json"))
    return str(caught.value)


# -- to issue ---------------------------------------------------------------------------------------------------


def test_the_files_and_the_record(project: Path) -> None:
    issued = issue_document(options(project))
    names = [path.relative_to(project / "build").as_posix() for path in issued.written]
    assert names == [f"issued/{MEETING}/{REAL_POLICY}_v1.0.{format}" for format in ("pdf", "docx", "html")]
    (path,) = (project / "content/issued").glob("0*.json")
    assert path.name == "0001-policy-indkoebspolitik-2023-2026_v1.0_public.json"
    record = ledger.read_record(path.read_bytes())
    assert (record.meeting, record.date, record.previous) == (MEETING, "2024-06-20", "")
    assert record.made_with == installed()
    assert set(record.source["files"]) >= {"content/settings.yaml", "templates/policy.md.j2"}
    again = written_again(record.source_bytes, repository().font_directories)
    assert [again[Format(path.suffix[1:])] == path.read_bytes() for path in issued.written] == [True] * 3


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
        # What all documents share may be changed too: it is the policy's own file that has the version.
        assert result.stderr.partition(": ")[0].endswith("content/policies/indkoebspolitik-2023-2026/policy.yaml")
        assert "glossary.yaml" in result.stderr
    edit(project, "policies/indkoebspolitik-2023-2026/policy.yaml", '"1.0"', '"1.1"')
    for path in ("cases/beslutning.yaml",):
        edit(project, path, 'version: "1.0"}', 'version: "1.1"}')
    assert run(project, "build", "policy", "--format", "tree").exit_code == 0
    assert issue_document(options(project)).record.number == 2


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


def test_a_heading_in_a_text_is_no_remark(project: Path) -> None:
    edit(project, "cases/orientering.yaml", '"Hvert år får udvalget en status."', '"# Husk\\n\\nHvert år en status."')
    edit(project, "cases/orientering.yaml", '"Status er uændret.', '"# TODO-listen\\n\\nStatus er uændret.')
    assert issue_document(options(project, DISCUSSION)).record.number == 1


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
    assert "teksten er ikke skrevet endnu" in refused(project, DISCUSSION)


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


def test_a_broken_chain_is_told_by_check(project: Path) -> None:
    issue_document(options(project))
    (path,) = (project / "content/issued").glob("0*.json")
    path.write_bytes(path.read_bytes().replace(b'"vedtaget"', b'"udkast"', 1))
    result = CliRunner().invoke(
        main, ["check", "--content", str(project / "content"), "--templates", str(project / "templates")]
    )
    assert (result.exit_code, f"{path.as_posix()}: posten er ændret" in result.output) == (1, True)


def test_an_unknown_meeting_and_all_reasons_at_once(project: Path) -> None:
    edit(project, "cases/droeftelse.yaml", "kind: discussion", "kind: discussion  # ? hvem")
    with pytest.raises(DocgenError) as caught:
        issue_document(replace(options(project, "case/droeftelse"), meeting="2024-06-20-x"))
    assert [words in str(caught.value) for words in ("mødet findes ikke", "udkast", "ikke er løst")] == [True] * 3


def test_annexes_are_issued_first(project: Path) -> None:
    case = "case/beslutning/borgerrepraesentationen"
    assert f"bilaget {REAL_POLICY} 1.0 er ikke udstedt" in refused(project, case)
    issue_document(options(project))
    assert issue_document(options(project, case)).record.number == 2


def test_closed_words_in_an_open_text_are_not_issued(project: Path) -> None:
    edit(project, "cases/beslutning.yaml", "Ordningen udløber", "Leverandørens tilbud er vurderet. Ordningen udløber")
    issue_document(options(project))
    with pytest.raises(DocgenError, match="ordene er lukkede, men står også i en åben tekst"):
        issue_document(options(project, "case/beslutning/borgerrepraesentationen"))
    inside = options(project, "case/beslutning/borgerrepraesentationen", Edition.INTERNAL)
    assert issue_document(inside).written[0].name.endswith("_v2.1-intern.pdf")


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
    return build.read_project(project / "content", project / "templates")


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
    record = replace(ledger.records(_ledger())[0], source={"files": {"a": 1, "b": 2, "c": 3}})
    assert changed_files(record, {"a": 1, "b": 3, "d": 4}) == ["b", "c", "d"]


def test_the_file_of_a_document_is_not_one_that_all_share() -> None:
    shared = ["content/glossary.yaml", "content/images/a.svg", "templates/x.j2"]
    own = ["content/policies/a/values/1-b.yaml", "content/policies/a/policy.yaml"]
    assert own_file(dict.fromkeys([*shared, *own])) == own[1]
    assert own_file(dict.fromkeys([*shared, "content/cases/a.yaml", "content/cases/b.yaml"])) == "content/cases/a.yaml"
    assert own_file(dict.fromkeys(shared)) == "content"


# -- to verify --------------------------------------------------------------------------------------------------


def test_verify_says_what_a_file_is(project: Path) -> None:
    issued = issue_document(options(project))
    result = run(project, "verify", *map(str, issued.written))
    assert (result.exit_code, result.stdout.count("uændret: hver byte er som udstedt")) == (0, 3)
    assert f"til mødet {MEETING} (2024-06-20)" in result.stdout
    result = run(project, "verify")
    assert (result.exit_code, result.stdout.splitlines()[1]) == (0, "  ja  kæden: hel, 1 post")
    for path in issued.written:
        path.write_bytes(path.read_bytes() + b"\n")
    result = run(project, "verify", *map(str, issued.written))
    assert (result.exit_code, result.stdout.count("mindst én byte er en anden")) == (1, 3)
    assert result.stdout.count(f"{REAL_POLICY} 1.0: Indkøbspolitik 2023-2026") == 3, (
        "it still says what it claims to be"
    )
    result = run(project, "verify", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)[0]["checks"]
    assert [check["finding"] for check in found] == ["holder", *["holder ikke"] * 3]


def test_a_pdf_alone_is_enough(project: Path, tmp_path: Path) -> None:
    data = issue_document(options(project)).written[0].read_bytes()
    verdict = verify_file("x.pdf", data, None, installed(), repository().font_directories)
    assert [check.finding for check in verdict.checks] == [Finding.UNTRIED, Finding.HOLDS]
    assert verdict.issued == f"{REAL_POLICY} (efter filens eget udsagn)"


def test_what_could_not_be_tried_is_no_proof(project: Path) -> None:
    """Without a ledger only a file that is made again byte for byte holds; the rest is told apart in words."""
    data = issue_document(options(project)).written[0].read_bytes()
    locked = PdfWriter(clone_from=io.BytesIO(data))
    locked.encrypt("hemmelig")
    secret = io.BytesIO()
    locked.write(secret)
    told = {
        "ingen.txt": (b"ingenting", "filen er hverken PDF, DOCX eller HTML"),
        "anden.pdf": (report_pdf(), "filen bærer ikke sin kilde, og ingen post passer til den"),
        "laast.pdf": (secret.getvalue(), "filen er beskyttet med adgangskode"),
        "halv.pdf": (data[:2000], "filen er ødelagt og kan ikke læses"),
        "aendret.pdf": (data + b"\n", "andre bytes; filen er ændret, eller den er lavet af en anden udgave af docgen"),
    }
    folder = project / "andetsteds"
    folder.mkdir()
    for name, (given_bytes, words) in told.items():
        path = folder / name
        path.write_bytes(given_bytes)
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(folder)])
        assert (result.exit_code, words in result.stdout) == (1, True), name
    (folder / "god.pdf").write_bytes(data)
    assert CliRunner().invoke(main, ["verify", str(folder / "god.pdf"), "--content", str(folder)]).exit_code == 0


def test_only_what_the_record_names_is_said_to_be_another() -> None:
    record = ledger.records(_ledger())[0]
    made = replace(record, made_with={"docgen-code": "a", "typst": "1", "lxml": "2"})
    assert changed_makers(made, {"docgen-code": "b", "typst": "1", "matplotlib": "3"}) == ["docgen selv", "lxml"]


def test_a_foreign_file_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    """Neither its name nor what it says of itself; as JSON it can be read back."""
    source = json.loads(pipeline.source_of(repository(), REAL_POLICY))
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("kilde.json", json.dumps({**source, "document": "policy/\x1b[31m\x9b\u202ex"}).encode())
    path = tmp_path / "a\x9b31m.pdf"
    with path.open("wb") as file:
        writer.write(file)
    for arguments in ([], ["--json"]):
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(tmp_path), *arguments])
        assert result.exit_code == 1
        assert all(sign.isprintable() or sign == "\n" for sign in result.stdout)
    assert json.loads(result.stdout)[0]["file"] == path.as_posix()


def test_what_is_told_of_a_file(golden: Golden) -> None:
    files, issued = _real_ledger()
    known, fonts = ledger.read_ledger(files), repository().font_directories
    (record,) = known.records
    here = dict(record.made_with)
    other = {**here, "typst": "0"}
    plain = report_pdf()
    verdicts = [
        *(verify_file(f"god.{name}", data, known, here, fonts) for name, data in sorted(issued.items())),
        *(verify_file(f"ny.{name}", data + b"\n", known, here, fonts) for name, data in sorted(issued.items())),
        verify_file("anden-typst.pdf", issued["pdf"] + b"\n", known, other, fonts),
        verify_file("uden-kaede.html", issued["html"], None, here, fonts),
        verify_file("aendret-uden-kaede.pdf", issued["pdf"] + b"\n", None, here, fonts),
        verify_file("senere.pdf", _later_pdf(), known, here, fonts),
        verify_file("fremmed.pdf", plain, known, here, fonts),
        verify_file("tekst.txt", b"ingenting", known, here, fonts),
        verify_ledger(known, {record.files["pdf"].path: issued["pdf"], record.files["html"].path: b"andet"}),
        verify_ledger(ledger.read_ledger({**files, ledger.HEAD: b"{}"}), {}),
        verify_ledger(ledger.read_ledger(_ledger()), {}),
    ]
    golden("verify.txt", "\n".join(map(as_text, verdicts)) + "\n")
    assert [verdict.holds for verdict in verdicts] == [True] * 3 + [False] * 11 + [True]


def _later_pdf() -> bytes:
    """The policy as it could be after it was issued: the same document with other words."""
    files = example_files()
    path = "policies/indkoebspolitik-2023-2026/policy.yaml"
    files[path] = files[path].replace(b"title: Indledning", b"title: Indgang", 1)
    later = replace(repository(), content_files=files)
    return pipeline.write(later, pipeline.build_tree(later, REAL_POLICY), Format.PDF)


def test_verify_without_files_needs_a_ledger(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "--content", str(tmp_path)])
    told = "her er ingen udstedte versioner; stå i projektets mappe, skriv --content MAPPE, eller giv en fil"
    assert (result.exit_code, result.stderr) == (1, f"{tmp_path.as_posix()}: {told}\n1 fejl.\n")


def test_a_file_that_cannot_be_verified_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "stor.pdf"
    large.write_bytes(b"%PDF-1.7\n" + b" " * 1_000_000)
    monkeypatch.setattr(verifying, "MAX_BYTES", 1_000_000)
    told = {
        tmp_path / "ingen.pdf": "filen kan ikke læses (den findes ikke); ret stien",
        large: "filen er for stor; den må højst fylde 1 MB",
    }
    for path, words in told.items():
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(tmp_path)])
        assert (result.exit_code, result.stderr) == (1, f"{path.as_posix()}: {words}\n1 fejl.\n")


def test_a_version_that_becomes_other_bytes_says_why(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_with = issue_document(options(project)).record.made_with
    monkeypatch.setattr(issue, "written_again", lambda source, fonts, formats: dict.fromkeys(formats, b"andet"))
    for here, why in (
        (made_with, ""),
        ({**made_with, "typst": "0", "docgen-code": ""}, ", for docgen selv, typst er ikke den samme som dengang"),
    ):
        monkeypatch.setattr(verifying, "installed", lambda here=here: here)
        result = run(project, "build", f"{REAL_POLICY}@1.0", "--format", "html", "--format", "pdf")
        told = f"{REAL_POLICY} 1.0: html, pdf har andre bytes end de udstedte{why}.\n"
        assert (result.exit_code, result.stderr) == (0, told)


def test_what_is_untried_alone_does_not_hold() -> None:
    holds, untried, fails = (Check("x", finding, "y") for finding in (Finding.HOLDS, Finding.UNTRIED, Finding.FAILS))
    checks = [(), (untried,), (holds,), (holds, untried), (holds, fails), (fails,)]
    assert [Verdict("x", "", given).holds for given in checks] == [False, False, True, True, False, False]


@settings(max_examples=tries(60), deadline=None)
@given(st.data())
def test_any_changed_byte_of_an_issued_file_is_found(data: st.DataObject) -> None:
    files, issued = _real_ledger()
    format = data.draw(st.sampled_from(sorted(issued)))
    good = issued[format]
    place = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != good[place]))
    changed = good[:place] + bytes([byte]) + good[place + 1 :]
    known = ledger.read_ledger(files)
    assert not verify_ledger(known, {ledger.records(files)[0].files[format].path: changed}).holds
    named = {check.what: check for check in verify_file("x", changed, known, installed(), ()).checks}
    assert named["filen"].finding is Finding.FAILS


@cache
def _real_ledger() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A ledger of one record, and its files by format."""
    with tempfile.TemporaryDirectory() as folder:
        write_content(Path(folder, "content"), example_files())
        shutil.copytree(ROOT / "templates", Path(folder, "templates"))
        issued = issue_document(options(Path(folder)))
        kept = {f"issued/{path.name}": path.read_bytes() for path in Path(folder, "content/issued").glob("*.json")}
        return kept, {path.suffix[1:]: path.read_bytes() for path in issued.written}


@settings(max_examples=tries(60), deadline=None)
@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    files, path = _ledger(), data.draw(st.sampled_from(sorted(_ledger())))
    if path == ledger.HEAD:
        return
    place = data.draw(st.integers(0, len(files[path]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != files[path][place]))
    changed = files[path][:place] + bytes([byte]) + files[path][place + 1 :]
    assert list(ledger.check_ledger({**files, path: changed})) != []


BROKEN: dict[str, Callable[[dict[str, bytes], list[str]], dict[str, bytes]]] = {
    "first": lambda files, paths: {path: data for path, data in files.items() if path != paths[0]},
    "middle": lambda files, paths: {path: data for path, data in files.items() if path != paths[1]},
    "last": lambda files, paths: {path: data for path, data in files.items() if path != paths[-1]},
    "reordered": lambda files, paths: {**files, paths[0]: files[paths[1]], paths[1]: files[paths[0]]},
    "inserted": lambda files, paths: {**files, "issued/0004-indsat.json": files[paths[0]]},
    "head": lambda files, paths: {path: data for path, data in files.items() if path != ledger.HEAD},
    "all-but-one-and-head": lambda files, paths: {paths[0]: files[paths[0]]},
    "head-broken": lambda files, paths: {**files, ledger.HEAD: b"{}"},
    "head-infinite": lambda files, paths: {**files, ledger.HEAD: b'{"count": 1e999, "hash": ""}'},
    "head-deep": lambda files, paths: {**files, ledger.HEAD: b"[" * 100_000},
    "renamed": lambda files, paths: {
        **{path: data for path, data in files.items() if path != paths[1]},
        "issued/0002-et-andet-navn.json": files[paths[1]],
    },
    "unreadable": lambda files, paths: {**files, paths[1]: b"intet"},
    "surrogate": lambda files, paths: {**files, paths[1]: files[paths[1]].replace(b'"x"', b'"\\ud800"', 1)},
    "path-no-text": lambda files, paths: {
        **files,
        paths[1]: files[paths[1]].replace(b'"issued/x.pdf"', b'["issued/x.pdf"]'),
    },
    "source-no-files": lambda files, paths: {
        **files,
        paths[1]: files[paths[1]].replace(b'"files": {}', b'"files": []'),
    },
    "head-of-another": lambda files, paths: {**files, ledger.HEAD: b'{"count": 3, "hash": "x"}'},
    "head-counts-too-many": lambda files, paths: {**files, ledger.HEAD: b'{"count": 4, "hash": "x"}'},
    "head-counts-too-few": lambda files, paths: {**files, ledger.HEAD: b'{"count": 1, "hash": "x"}'},
    "no-record-left": lambda files, paths: {ledger.HEAD: files[ledger.HEAD]},
    "word-changed": lambda files, paths: {**files, paths[1]: files[paths[1]].replace(b'"x"', b'"y"', 1)},
    "spaces-changed": lambda files, paths: {**files, paths[2]: files[paths[2]] + b"\n"},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_removed_reordered_and_inserted_records_are_found(
    change: Callable[[dict[str, bytes], list[str]], dict[str, bytes]],
) -> None:
    files = _ledger()
    assert list(ledger.check_ledger(files)) == []
    changed = change(files, ledger.record_paths(files))
    assert changed != files
    assert list(ledger.check_ledger(changed)) != []
    assert not verify_ledger(ledger.read_ledger(changed), {}).holds


def test_what_is_told_of_a_broken_ledger(golden: Golden) -> None:
    shown = []
    for name, change in BROKEN.items():
        problems = ledger.check_ledger(change(_ledger(), ledger.record_paths(_ledger())), "indhold")
        shown.append(f"## {name}\n" + "\n".join(map(str, problems)) + "\n")
    golden("errors/ledger.txt", "\n".join(shown))


def test_an_issue_that_was_interrupted_before_the_head_is_no_fault() -> None:
    files = _ledger()
    first, second, third = ledger.records(files)
    for whole, head in (((first,), None), ((first, second), first), ((first, second, third), second)):
        present = {record.path: files[record.path] for record in whole}
        assert list(ledger.check_ledger({**present, ledger.HEAD: ledger.head(head)})) == []
    assert list(ledger.check_ledger({**files, ledger.HEAD: ledger.head(first)})) != [], "two records too many"
    assert list(ledger.check_ledger({})) == list(ledger.check_ledger({ledger.HEAD: ledger.head(None)})) == []


def test_the_head_is_lines_that_a_person_can_compare() -> None:
    files = _ledger()
    last = ledger.records(files)[-1]
    assert ledger.head(None).decode() == '{\n "count": 0,\n "hash": ""\n}\n'
    assert ledger.head(last).decode() == f'{{\n "count": 3,\n "hash": "{last.hash}"\n}}\n'


def test_a_version_is_made_again_in_the_formats_that_are_asked_for(project: Path) -> None:
    issued = issue_document(options(project))
    made = build.read_project(project / "content", project / "templates")
    record, outputs = rebuild(made, f"{REAL_POLICY}@1.0", formats=(Format.HTML,))
    assert record == issued.record
    assert outputs == {Format.HTML: issued.written[2].read_bytes()}


def test_a_record_is_found_by_all_of_its_name() -> None:
    files = _ledger()
    assert ledger.find_record(files, "policy/2", "1.0", "public") == ledger.records(files)[1]
    for wrong in (("policy/4", "1.0", "public"), ("policy/2", "1.1", "public"), ("policy/2", "1.0", "internal")):
        assert ledger.find_record(files, *wrong) is None
    (path,) = (path for path in files if "0002-" in path)
    assert ledger.find_record({**files, path: b"intet"}, "policy/2", "1.0", "public") is None
    assert len(ledger.records({**files, path: b"intet"})) == 2


def test_records_are_in_order_of_number_also_past_ten_thousand() -> None:
    paths = [f"issued/{number}-policy-x_v1.0_public.json" for number in ("10000", "0002", "9999")]
    others = [
        "issued/head.json",
        "issued/001-x.json",
        "issued/0001.json",
        "cases/0001-x.json",
        "issued/0001-x.json.bak",
    ]
    assert ledger.record_paths(dict.fromkeys([*paths, *others], b"")) == [paths[1], paths[2], paths[0]]


def test_the_hash_of_a_text_follows_its_words_and_not_its_place() -> None:
    tree = repository_tree()
    marks = [replace(tree, title=f"Aftryk {mark}", blocks=(), fingerprint=mark) for mark in ("1a2b", "3c4d")]
    assert ledger.text_hash(marks[0]) == ledger.text_hash(marks[1])
    assert ledger.text_hash(tree) != ledger.text_hash(replace(tree, title="En anden titel"))
    (first, *rest) = tree.blocks
    moved = replace(first, origin=Origin("content/andetsteds.yaml", 99, 1, ("title",)))
    assert ledger.text_hash(tree) == ledger.text_hash(replace(tree, blocks=(moved, *rest)))


@cache
def repository_tree() -> Document:
    return pipeline.build_tree(repository(), REAL_POLICY)


@cache
def _ledger() -> dict[str, bytes]:
    """Three records of nothing much, and their head."""
    files: dict[str, bytes] = {}
    previous = ""
    for number in (1, 2, 3):
        texts = dict.fromkeys(("title", "status", "meeting", "date", "text", "fingerprint"), "x")
        file = ledger.IssuedFile("issued/x.pdf", 1, "a" * 64)
        record = ledger.sealed(
            ledger.Record(
                number=number,
                document=f"policy/{number}",
                version="1.0",
                edition="public",
                files={"pdf": file},
                made_with={"typst": "0"},
                source={"files": {}},
                previous=previous,
                **texts,
            )
        )
        previous = record.hash
        files |= {record.path: ledger.to_json(record), ledger.HEAD: ledger.head(record)}
    return files


@settings(max_examples=tries(50), deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<!DOCTYPE html>"]))
def test_anything_can_be_given_to_verify(noise: bytes, start: bytes) -> None:
    verdict = verify_file("\x1b[31mx", start + noise, ledger.read_ledger(_ledger()), {}, ())
    assert not verdict.holds


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
        found = {f"issued/{path.name}": path.read_bytes() for path in (project / "content/issued").glob("*.json")}
        assert list(ledger.check_ledger(found)) == []
    subprocess.run(COMMAND, cwd=project, check=True, capture_output=True)
    for folder in ("content/issued", f"build/issued/{MEETING}/policy"):
        names = {path.name: path.read_bytes() for path in (whole / folder).iterdir() if not path.name.startswith(".")}
        assert {
            path.name: path.read_bytes() for path in (project / folder).iterdir() if not path.name.startswith(".")
        } == names


@pytest.mark.slow
def test_two_at_once_do_not_mix(project: Path) -> None:
    other = (*COMMAND[:4], DISCUSSION, *COMMAND[5:])
    quiet: Any = {"cwd": project, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, **quiet) for command in (COMMAND, other, COMMAND)]
    assert [process.wait() for process in running] == [0, 0, 0]
    found = {f"issued/{path.name}": path.read_bytes() for path in (project / "content/issued").glob("*.json")}
    assert len(ledger.record_paths(found)) == 2
    assert list(ledger.check_ledger(found)) == []


# -- this repository's ledger -----------------------------------------------------------------------------------


def test_the_policy_is_issued_and_says_what_it_said(tmp_path: Path) -> None:
    files = repository().content_files
    assert list(ledger.check_ledger(files)) == []
    record = ledger.find_record(files, REAL_POLICY, "1.0", "public")
    assert record is not None
    assert (record.meeting, record.date) == ("2022-12-01-br", "2022-12-01")
    source = record.source_bytes
    again, id, edition = pipeline.project_of_source(source, repository().font_directories)
    assert ledger.text_hash(pipeline.build_tree(again, id, edition)) == record.text
    assert ledger.text_hash(pipeline.build_tree(repository(), REAL_POLICY)) == record.text
    if dict(record.made_with) == installed():
        assert {
            name: hashlib.sha256(data).hexdigest()
            for name, data in written_again(source, repository().font_directories).items()
        } == {Format(name): file.sha256 for name, file in record.files.items()}
