"""A kind of document from outside the package, put in the registry with one line, and a format likewise: every command
takes them as it takes its own."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.kinds.registry import KINDS
from docgen.writers.formats import FORMATS, Format
from tests.repository.test_house_faults import FINAL, plain_text
from tests.support.house import HELD, changed, content, docgen, project
from tests.support.own_kind import PRESS_RELEASE, TEMPLATE

ID, PATH = "pressemeddelelse/ny-politik", "press_releases/ny-politik.yaml"
WRITTEN = """\
title: Kommunen køber grønnere ind
version: "1.0"
status: vedtaget
date: 2026-02-04
text: |
  Byrådet har vedtaget en ny politik.
about: policy/eksempel
"""
FORMAT_NAMES = ["pdf", "docx", "html", "tree", "txt"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a press release, and a format of the tests' own."""
    monkeypatch.setitem(KINDS, PRESS_RELEASE.name, PRESS_RELEASE)
    monkeypatch.setitem(FORMATS, "txt", Format("txt", plain_text))
    files = {**changed(content(), *FINAL), PATH: WRITTEN.encode()}
    made = project(tmp_path / "projekt", files)
    (made / "templates" / "press_release.md.j2").write_text(TEMPLATE, "utf-8")
    return made


def formats(*names: str) -> list[str]:
    return [word for name in names for word in ("--format", name)]


def test_it_is_listed(folder: Path) -> None:
    found = {entry["id"]: entry for entry in json.loads(docgen(folder, "list", "--json").stdout)}
    assert found[ID] == {
        "id": ID, "title": "Kommunen køber grønnere ind", "version": "1.0", "status": "vedtaget",
    }  # fmt: skip


def test_it_is_made_by_new_and_what_is_unwritten_is_told(folder: Path) -> None:
    assert "pressemeddelelse" in docgen(folder, "new", "--help").stdout
    made = docgen(folder, "new", "pressemeddelelse", "en-til")
    assert (made.exit_code, made.stdout) == (0, "content/press_releases/en-til.yaml\n")
    told = docgen(folder, "check", "pressemeddelelse/en-til")
    assert told.exit_code == 0, told.stderr
    assert "content/press_releases/en-til.yaml:1:8 DG108" in told.stderr
    refused = docgen(folder, "issue", "pressemeddelelse/en-til", "--meeting", HELD)
    assert (refused.exit_code, "en-til.yaml:1:8" in refused.stderr) == (1, True)


@pytest.mark.slow
def test_it_is_checked_by_its_own_rules(folder: Path) -> None:
    assert docgen(folder, "check", ID).exit_code == 0
    (folder / "content" / PATH).write_text(WRITTEN.replace("ind\n", "ind.\n").replace("/eksempel", "/andet"), "utf-8")
    told = docgen(folder, "check")
    assert told.exit_code == 1
    shown = told.stdout + told.stderr
    assert f"content/{PATH}:1:8: overskriften slutter med punktum; slet det" in shown
    assert f"content/{PATH}:7:8: dokumentet 'policy/andet' findes ikke; vælg en politik" in shown


def test_a_policy_with_a_fault_is_what_it_builds_on(folder: Path) -> None:
    """Its references are asked for, and its files are found in the folder, as those of every kind."""
    (folder / "content/policies/eksempel/responsibilities.yaml").write_text("id: ansvar\n", "utf-8")
    told = docgen(folder, "build", ID)
    assert told.exit_code == 1
    assert f"content/{PATH}:7:8: dokumentet bygger på policy/eksempel, som har fejl" in told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_is_built_in_every_format(folder: Path, jobs: str) -> None:
    built = docgen(folder, "build", "pressemeddelelse", "guide", *formats(*FORMAT_NAMES), "--jobs", jobs)
    assert built.exit_code == 0, built.stderr
    for document in (ID, "guide/vejledning"):
        for name in FORMAT_NAMES:
            assert (folder / f"build/{document}.{name}").exists(), name
    page = (folder / f"build/{ID}.html").read_text("utf-8")
    assert "onsdag den 4. februar 2026" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Læs mere i Eksempelpolitik." in page
    again = docgen(folder, "build", "pressemeddelelse", *formats(*FORMAT_NAMES))
    assert (again.exit_code, again.stdout) == (0, "")


def test_what_it_is_made_of_makes_it_be_built_again(folder: Path) -> None:
    docgen(folder, "build", ID, *formats("html"))
    path = folder / "content/policies/eksempel/policy.yaml"
    path.write_text(path.read_text("utf-8").replace("Eksempelpolitik", "En anden politik"), "utf-8")
    assert docgen(folder, "build", ID, *formats("html")).stdout == f"build/{ID}.html\n"
    assert "Læs mere i En anden politik." in (folder / f"build/{ID}.html").read_text("utf-8")


@pytest.mark.slow
def test_it_is_issued_built_again_and_verified(folder: Path) -> None:
    issued = docgen(folder, "issue", ID, "--meeting", HELD)
    assert issued.exit_code == 0, issued.stderr
    stem = f"build/issued/{HELD}/{ID}_v1.0"
    assert issued.stdout.split() == [f"{stem}.{name}" for name in ("pdf", "docx", "html", "txt")]
    for path in issued.stdout.split():
        assert docgen(folder, "verify", path).exit_code == 0, path
    assert docgen(folder, "verify").exit_code == 0
    again = docgen(folder, "build", f"{ID}@1.0", *formats("pdf", "txt"))
    assert (again.exit_code, "samme bytes" in again.stderr) == (0, True)
    (folder / "content" / PATH).write_text(WRITTEN.replace("en ny politik", "noget andet"), "utf-8")
    assert "med et andet indhold" in docgen(folder, "build", ID).stderr


@pytest.mark.slow
def test_a_pdf_alone_is_verified_in_a_process_of_its_own(folder: Path, tmp_path: Path) -> None:
    """Far from any content, all that is known of the kind is what this process knows and hands over."""
    assert docgen(folder, "build", ID, *formats("pdf")).exit_code == 0
    data = (folder / f"build/{ID}.pdf").read_bytes()
    assert json.loads(PdfReader(io.BytesIO(data)).attachments["kilde.json"][0])["document"] == ID
    strange = tmp_path / "alene"
    strange.mkdir()
    (strange / "fil.pdf").write_bytes(data)
    told = docgen(strange, "verify", "fil.pdf")
    assert told.exit_code == 3, told.stdout  # no ledger vouches for it
    assert "samme bytes, når den laves igen af sin kilde" in told.stdout


def test_it_has_a_schema(folder: Path) -> None:
    schema = json.loads(docgen(folder, "schema", "press-release").stdout)
    assert schema["properties"]["about"]["description"].startswith("Politikken, den handler om")
    assert "press-release" in json.loads(docgen(folder, "schema").stdout)


@pytest.mark.slow
def test_a_file_that_is_out_of_its_place_is_told_with_the_names_of_all_kinds(folder: Path) -> None:
    (folder / "content" / PATH).rename(folder / "content" / PATH.replace(".yaml", ".yml"))
    assert "omdøb den til ny-politik.yaml" in docgen(folder, "check").stdout + docgen(folder, "check").stderr


@pytest.mark.slow
def test_it_is_unknown_where_it_is_not_registered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(KINDS, PRESS_RELEASE.name)
    told = docgen(folder, "check")
    assert (told.exit_code, f"content/{PATH}: filen hører ikke til her" in told.stdout + told.stderr) == (1, True)
    assert docgen(folder, "new", "pressemeddelelse", "en-til").exit_code == 2


def test_the_help_names_the_formats_that_there_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = " ".join(docgen(folder, "build", "--help").stdout.split())
    assert "[pdf|docx|html|tree|txt]" in told
    assert "Uden: pdf, docx og html. tree viser dokumenttræet." in told
    monkeypatch.setitem(FORMATS, "txt", Format("txt", plain_text, by_default=True, help="er kun ord"))
    told = " ".join(docgen(folder, "build", "--help").stdout.split())
    assert "Uden: pdf, docx, html og txt. tree viser dokumenttræet. txt er kun ord." in told
