"""The buttons do what the commands do, with the same words and the same refusals."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.build.options import BuildOptions
from docgen.commands.build import build_documents
from tests.support.studio import CASE, CASE_FILE, Running, copy_of_repository, running
from tests.support.word_edits import rewritten, typed

MEETING = "meeting/2022-12-01-br"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copy_of_repository(tmp_path_factory.mktemp("studie"), guide=False), command="studio") as found:
        yield found


def _file(path: Path) -> dict[str, Any]:
    return {"name": path.name, "data": base64.b64encode(path.read_bytes()).decode()}


@pytest.mark.slow
def test_a_document_is_built_as_the_command_builds_it(studio: Running, tmp_path: Path) -> None:
    told = studio.tell("works/build", id=CASE)
    assert told["well"]
    assert {Path(path).suffix for path in told["files"]} >= {".pdf", ".docx", ".html"}
    folder = studio.folder
    options = BuildOptions(folder / "content", folder / "templates", tmp_path, (CASE,))
    path = next(path for path in build_documents(options).written if path.suffix == ".html")
    own = next(Path(found) for found in told["files"] if found.endswith(".html"))
    assert own.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_what_is_in_the_way_of_issuing_is_told_first(studio: Running) -> None:
    issued = studio.folder / "content/issued"
    before = sorted(path for path in issued.rglob("*") if path.name != ".laas")
    text = (studio.folder / "content" / CASE_FILE).read_text("utf-8")
    (studio.folder / "content" / CASE_FILE).write_text(
        text.replace("Politikken udstikker", "UDFYLD Politikken"), "utf-8"
    )
    told = studio.tell("works/hindrances", id=CASE, meeting=MEETING)
    assert not told["well"]
    assert told["lines"]
    refused = studio.tell("works/issue", id=CASE, meeting=MEETING)
    assert refused["problems"]
    (studio.folder / "content" / CASE_FILE).write_text(text, "utf-8")
    assert sorted(path for path in issued.rglob("*") if path.name != ".laas") == before


@pytest.mark.slow
def test_what_a_colleague_has_not_finished_is_not_in_the_way(studio: Running) -> None:
    beside = studio.folder / "content/cases/ufaerdig.yaml"
    free = studio.tell("works/hindrances", id=CASE, meeting=MEETING)
    beside.write_text("title: Ufærdig\n", "utf-8")
    try:
        assert studio.tell("works/hindrances", id=CASE, meeting=MEETING)["lines"] == free["lines"]
    finally:
        beside.unlink()


@pytest.mark.slow
def test_a_word_file_comes_home_and_is_shown_first(studio: Running) -> None:
    told = studio.tell("works/build", id=CASE)
    word = next(Path(path) for path in told["files"] if path.endswith(".docx"))
    word.write_bytes(rewritten(word.read_bytes(), typed("særskilt", "selvstændig")))
    before = (studio.folder / "content" / CASE_FILE).read_bytes()
    shown = studio.tell("works/pull", **_file(word))
    assert any("selvstændig sag" in line for line in shown["lines"])
    assert (studio.folder / "content" / CASE_FILE).read_bytes() == before
    assert not any("/docgen-" in line for line in shown["lines"])
    assert shown["undo"] == ""
    written = studio.tell("works/pull", **_file(word), dry_run=False)
    assert "selvstændig sag" in (studio.folder / "content" / CASE_FILE).read_text("utf-8")
    assert written["undo"] == f"Rettelser fra Word i {CASE_FILE}"
    assert studio.tell("undo")["saved"]
    assert (studio.folder / "content" / CASE_FILE).read_bytes() == before


def test_a_file_is_imported_with_a_name_of_its_own(studio: Running, tmp_path: Path) -> None:
    page = tmp_path / "Støj i Østbyen.html"
    page.write_text("<h1>Støj i Østbyen</h1><h2>Problemstilling</h2><p>Der er støj fra vejen om natten.</p>", "utf-8")
    told = studio.tell("works/import", **_file(page), kind="guide")
    assert told["document"] == "guide/stoej-i-oestbyen"
    assert all((studio.folder / path).is_file() or Path(path).is_file() for path in told["files"])
    assert studio.tell("works/import", **_file(page), kind="guide")["document"] == "guide/stoej-i-oestbyen-2"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("build", {"id": "case/findes-ikke"}),
        ("issue", {"id": CASE, "meeting": "meeting/../../x"}),
        ("issue", {"id": CASE, "meeting": "case/x"}),
        ("pull", {"name": "x.docx", "data": "ikke base64!"}),
        ("pull", {"name": "../../x.exe", "data": ""}),
        ("import", {"name": "x.html\u0000", "data": ""}),
        ("format", {}),
    ],
)
def test_what_makes_no_sense_is_refused(studio: Running, name: str, told: dict[str, Any]) -> None:
    status, _, _ = studio.request(f"works/{name}", method="POST", body=json.dumps(told).encode())
    assert status in (404, 422)


def test_another_page_can_press_no_button(studio: Running) -> None:
    for name in ("build", "issue", "pull", "import"):
        headers = {"Origin": "http://example.org"}
        assert studio.request(f"works/{name}", headers, "POST", b"{}")[0] == 403
        assert studio.request(f"works/{name}")[0] in (404, 405)
