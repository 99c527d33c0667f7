"""What an issue is searched for before it is written, what a build leaves behind, and what `docgen clean` takes."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from docgen.ledger.closed_matter import ClosedMatter, Secret, closed_matter
from docgen.ledger.scan import scan
from docgen.pdf_pages.redaction import covered_pages
from docgen.problems import Origin
from docgen.project import Project
from docgen.proofing.proofread import Chosen, read_content
from tests.support.contents import ROOT
from tests.support.foreign_pdfs import text_pdf
from tests.support.house import CASE, HELD, ORGANISATION, changed, content, docgen, project

ISSUE = ("issue", "case/sag", "--meeting", HELD)
SENTENCE = "Budgettet for byggeriet er lagt alt for lavt"
CLOSED_SECTION = (CASE, "text: Løsningen.", f"text: {SENTENCE}., closed: {{reason: en prøve}}")
FINAL = (CASE, 'annexes:\n  - {id: politik, title: Politikken, document: policy/eksempel, version: "1.0"}\n', "")


def issuable(*more: tuple[str, str, str]) -> dict[str, bytes]:
    return changed(content(), FINAL, *more)


def secrets(*words: str) -> ClosedMatter:
    return ClosedMatter(tuple(Secret(word, Origin("content/x.yaml", 1)) for word in words), (), ())


def confirmation(folder: Path) -> dict[str, str]:
    """What was confirmed when the first version was issued: kept apart, so that it is not handed on with the rest."""
    keys = json.loads((folder / "content/issued/noegler/0001.json").read_bytes())
    hash = keys["confirmed"]["sha256"]
    found: dict[str, str] = json.loads((folder / "content/issued/arkiv" / hash[:2] / hash).read_bytes())
    return found


# -- the search ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_words_are_found_in_each_format(suffix: str, tmp_path: Path) -> None:
    """So that an issue without a finding means something."""
    folder = project(tmp_path, changed(content(), (CASE, "text: Løsningen.", f"text: {SENTENCE}.")))
    assert docgen(folder, "build", "case/sag", f"--format={suffix}").exit_code == 0
    data = (folder / f"build/case/sag.{suffix}").read_bytes()
    assert scan({suffix: data}, secrets(SENTENCE)).distinctive
    assert not scan({suffix: data}, secrets("Budgettet for byggeriet er lagt højt")).distinctive


def test_closed_matter_is_all_that_the_public_edition_does_not_show() -> None:
    files = changed(
        content(),
        (CASE, "kind: decision", "closed: {reason: en prøve}\ncase_officer: Navn Navnesen\nkind: decision"),
        (CASE, "summary: Udvalget skal tage stilling.", "summary: Firmaet Novo Beton får 14,5 mio. kr. for grunden."),
        (CASE, "text: Problemet.", "text: Grunden på Ydernes ejes i dag af Betona."),
    )
    templates = {
        path.relative_to(ROOT / "templates").as_posix(): path.read_bytes() for path in (ROOT / "templates").rglob("*.*")
    }
    found = closed_matter(Project(files, templates))
    assert "Firmaet Novo Beton får 14,5 mio. kr. for grunden" in {secret.words for secret in found.distinctive}
    assert {"Navn Navnesen", "Firmaet Novo Beton", "14,5 mio. kr.", "Ydernes", "Betona"} <= {
        secret.words for secret in (*found.short, *found.distinctive)
    }
    assert "Grunden" not in {secret.words for secret in found.short}, "a sentence begins with it"
    assert {str(secret.origin).partition(":")[0] for secret in found.short} == {"content/cases/sag.yaml"}


@pytest.mark.slow
def test_a_closed_name_in_an_open_text_must_be_confirmed(tmp_path: Path) -> None:
    changes = (
        (
            CASE,
            "text: Løsningen.",
            "text: Firmaet Novo Beton blev valgt efter en samlet vurdering., closed: {reason: en prøve}",
        ),
        (CASE, "text: Problemet.", "text: Kommunen købte sidst af Novo Beton."),
    )
    folder = project(tmp_path, issuable(*changes))
    refused = docgen(folder, *ISSUE)
    assert refused.exit_code == 1
    assert "'Firmaet Novo Beton'" not in refused.stderr
    assert "Novo Beton" in refused.stderr
    assert "--confirm" in refused.stderr
    assert not list((folder / "content").glob("issued/*.json"))
    done = docgen(folder, *ISSUE, "--confirm", "Det gamle køb er offentligt kendt")
    assert done.exit_code == 0, done.stderr
    confirmed = confirmation(folder)
    assert confirmed["reason"] == "Det gamle køb er offentligt kendt"
    assert "Novo Beton" in confirmed["words"]
    assert docgen(folder, "verify").exit_code == 0


def test_what_needs_no_confirmation_is_issued_without(tmp_path: Path) -> None:
    folder = project(tmp_path, issuable(CLOSED_SECTION))
    done = docgen(folder, *ISSUE)
    assert done.exit_code == 0, done.stderr
    (path,) = (folder / "content/issued").glob("0001-*.json")
    assert confirmation(folder) == {}
    assert SENTENCE.encode() not in path.read_bytes()


COVERED = """
#set page(width: 200pt, height: 100pt)
#place(top + left, text(size: 12pt)[Navnet på borgeren])
"""


@pytest.mark.slow
def test_words_under_a_box_are_told_and_confirmed(tmp_path: Path) -> None:
    over = text_pdf(COVERED + "#place(top + left, rect(width: 150pt, height: 16pt, fill: black))")
    under = text_pdf(
        "#place(top + left, rect(width: 150pt, height: 16pt, fill: black))\n#text(fill: white)[Overskrift]"
    )
    pale = text_pdf(COVERED + "#place(top + left, rect(width: 150pt, height: 16pt, fill: yellow.transparentize(50%)))")
    assert covered_pages(over) == (1,)
    assert covered_pages(under) == ()
    assert covered_pages(pale) == ()
    files = issuable((CASE, "treatments:\n", "annexes:\n  - {id: brev, title: Et brev, file: brev.pdf}\ntreatments:\n"))
    folder = project(tmp_path, {**files, "annexes/brev.pdf": over})
    refused = docgen(folder, *ISSUE)
    assert refused.exit_code == 1
    assert "brev.pdf har ord på side 1, der er dækket til" in refused.stderr
    assert docgen(folder, *ISSUE, "--confirm", "Ordene er navnet på udvalget").exit_code == 0


# -- privacy ------------------------------------------------------------------------------------------------------


NUMBERS = (
    *("010190-1234", "010190 1234", "01 01 90-1234", "01.01.90-1234", "01-01-90-1234", "01.01.1990-1234", "0101901234"),
    *(f"010190{dash}1234" for dash in "\u2010\u2011\u2012\u2013\u2014\u2212"),
)


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("before", ["CPR ", "cpr", "borgeren "])
def test_cpr_numbers_in_every_writing(before: str, number: str) -> None:
    for place in (f"# {before}{number}\ntitle:", "title:"):
        text = f"Det gælder {before}{number}." if place == "title:" else "Udvalget skal tage stilling."
        files = changed(content(), (CASE, "title:", place), (CASE, "Udvalget skal tage stilling.", text))
        found = read_content(Project(files, {}).content, Chosen(), own=(CASE,))
        assert "DG601" in {finding.rule.code for finding in found}, place


def test_a_number_in_a_note_or_a_comment_stops_an_issue(tmp_path: Path) -> None:
    for name, change in {
        "bemærkning": (CASE, "title:", "# ansøger 010190-1234\ntitle:"),
        "note": (ORGANISATION, "name: Udvalget,", "name: Udvalget, note: ansøger 010190-1234,"),
    }.items():
        folder = project(tmp_path / name, issuable(change))
        refused = docgen(folder, *ISSUE)
        assert refused.exit_code == 1
        assert "CPR-nummer" in refused.stderr, name


# -- what lies there from before ----------------------------------------------------------------------------------


def outputs(folder: Path) -> set[str]:
    return {path.relative_to(folder / "build").as_posix() for path in (folder / "build").rglob("*") if path.is_file()}


def rewrite(folder: Path, path: str, old: str, new: str) -> None:
    place = folder / "content" / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["closed", "renamed", "removed"])
def test_what_was_made_of_an_open_case_goes_when_it_is_not_there_any_more(how: str, tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    assert docgen(folder, "build", "case", "--with-annexes", "--format=pdf", "--format=html").exit_code == 0
    before = {"case/sag.pdf", "case/sag.html", "case/sag-med-bilag.pdf"}
    assert before <= outputs(folder)
    if how == "closed":
        rewrite(folder, CASE, "kind: decision", "closed: {reason: en prøve}\nkind: decision")
    elif how == "renamed":
        (folder / "content" / CASE).rename(folder / "content/cases/andet.yaml")
        rewrite(folder, "meetings/2026-02-03-udvalg.yaml", "case: sag", "case: andet")
    else:
        (folder / "content" / CASE).unlink()
        rewrite(folder, "meetings/2026-02-03-udvalg.yaml", "  - {id: sagen, case: sag}\n", "")
    built = docgen(folder, "build", "--format=pdf")
    assert built.exit_code == 0, built.stderr
    assert before & outputs(folder) == set()
    assert "filen er fjernet" in built.stderr


def test_the_pack_goes_when_an_annex_is_closed(tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    assert docgen(folder, "build", "case", "--with-annexes", "--format=pdf").exit_code == 0
    rewrite(folder, CASE, "title: Politikken,", "title: Politikken, closed: {reason: en prøve},")
    assert docgen(folder, "build", "case", "--format=pdf").exit_code == 0
    assert "case/sag-med-bilag.pdf" not in outputs(folder)
    assert "case/sag.pdf" in outputs(folder)


def test_a_stale_file_that_somebody_changed_is_named_and_left(tmp_path: Path) -> None:
    folder = project(tmp_path, content())
    assert docgen(folder, "build", "guide", "--format=html").exit_code == 0
    page = folder / "build/guide/vejledning.html"
    page.write_text("rettet i hånden", "utf-8")
    (folder / "content/guides/vejledning.yaml").unlink()
    built = docgen(folder, "build", "policy", "--format=html")
    assert built.exit_code == 0
    assert page.read_text("utf-8") == "rettet i hånden"
    assert "vejledning.html: filen er ændret" in built.stderr


@pytest.mark.slow
def test_clean_takes_what_docgen_wrote_and_nothing_else(tmp_path: Path) -> None:
    folder = project(tmp_path, issuable())
    assert docgen(folder, "build", "--format=pdf", "--format=docx").exit_code == 0
    assert docgen(folder, *ISSUE).exit_code == 0
    (folder / "build/noter.txt").write_text("mine egne", "utf-8")
    (folder / "build/policy/kladde.docx").write_text("min egen", "utf-8")
    issued = {name for name in outputs(folder) if name.startswith("issued/")}
    assert issued
    cleaned = docgen(folder, "clean")
    assert cleaned.exit_code == 0
    assert "build/case/sag.pdf" in cleaned.stdout
    assert outputs(folder) == issued | {"noter.txt", "policy/kladde.docx"}
    assert not (folder / "build/case").exists()
    assert docgen(folder, "clean").stdout == ""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows har ingen umask")
def test_files_have_the_mode_that_the_umask_says(tmp_path: Path) -> None:
    import subprocess
    import sys

    folder = project(tmp_path, content())
    for mask, mode in ((0o077, 0o600), (0o027, 0o640), (0o022, 0o644)):
        command = (sys.executable, "-m", "docgen", "build", "guide", "--format=html", "--force")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment, umask=mask)
        assert stat.S_IMODE((folder / "build/guide/vejledning.html").stat().st_mode) == mode


def test_no_message_asks_for_the_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from docgen.commands import clean

    def stumble(output: Path) -> None:
        raise RuntimeError("en fejl")

    monkeypatch.setattr(clean, "clean", stumble)
    told = docgen(project(tmp_path, content()), "clean").stderr
    assert "fejl i docgen" in told
    assert "ikke mappen content/" in told
