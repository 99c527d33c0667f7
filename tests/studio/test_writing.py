"""What the page may send to a studio that writes, and who else may not."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

from docgen.commands.init import start_project
from docgen.studio.guard import MOST_BYTES
from docgen.studio.server import Studio
from docgen.studio.session import Session
from tests.support.studio import CASE, CASE_FILE, Running, copy_of_repository, running

_WRITES = ("save", "undo", "redo", "fix", "fix-all", "allow", "structure", "new")
_ASKED = tuple(name for name in _WRITES if name not in ("undo", "redo"))  # these are told nothing
_LOOKS = ("field", "draft", "discard", "unsaved", "kinds", "used", "review")
FILE = f"content/{CASE_FILE}"
_REFUSED = (400, 403, 404, 405, 413, 422)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copy_of_repository(tmp_path_factory.mktemp("studie"), guide=False), command="studio") as found:
        yield found


def _value(studio: Running, *path: str) -> str:
    return str(studio.tell("field", file=FILE, path=list(path))["value"])


@pytest.mark.slow
def test_a_word_leads_to_its_letter_in_its_field(studio: Running) -> None:
    told = studio.ask("document", id=CASE)
    html = told["html"]
    mark = int(html[html.index("Politikken sætter rammen") - 40 :].partition('data-o="')[2].partition('"')[0])
    asked = {"id": told["id"], "edition": "public", "print": told["print"], "mark": mark}
    field = studio.tell("field", **asked, word="indkøb", before="Politikken sætter rammen for kommunens ", inside=3)
    assert field["value"][: field["caret"]].endswith("kommunens ind")
    assert [one["words"] for one in field["crumbs"]] == ["Sag", "Sagens afsnit", "Løsning", "Teksten"]
    assert field["control"] == "text"
    assert {"text": "{bilag:indkoebspolitik}"}.items() <= field["references"][0].items()


def test_a_shared_field_tells_how_many_documents_have_it(studio: Running) -> None:
    told = studio.tell("field", file="content/organisation.yaml", path=["bodies"])
    documents = {"/".join(one["id"].split("/")[:2]) for one in studio.ask("list")["documents"]}
    assert told["used"] == len(documents)
    assert told["shared"]


@pytest.mark.slow
def test_a_save_is_one_line_and_an_undo_takes_it_back(studio: Running) -> None:
    path = studio.folder / FILE
    before = path.read_bytes()
    title = _value(studio, "title")
    told = studio.tell("save", file=FILE, path=["title"], before=title, text="En anden titel")
    assert told["saved"]
    assert told["lines"] == [f"-title: {title}", "+title: En anden titel"]
    assert studio.tell("save", file=FILE, path=["title"], before=title, text="Min")["conflict"] == {
        "before": title,
        "theirs": "En anden titel",
        "mine": "Min",
    }
    refused = studio.tell("save", file=FILE, path=["version"], before="1.0", text="en")
    assert "er ikke et versionsnummer" in refused["problems"][0]["words"]
    assert studio.tell("undo")["saved"]
    assert path.read_bytes() == before


@pytest.mark.slow
def test_what_is_typed_outlives_the_process(tmp_path: Path) -> None:
    folder = copy_of_repository(tmp_path)
    typed = {"file": FILE, "path": ["title"], "before": "x", "text": "Ikke gemt"}
    with running(folder, command="studio") as first:
        before = str(first.tell("field", file=FILE, path=["title"])["value"])
        typed["before"] = before
        told = first.tell("draft", id=CASE, edition="public", typed=[typed])
        assert told["title"] == "Ikke gemt"
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    with running(folder, command="studio") as second:
        (one,) = second.tell("unsaved")["unsaved"]
        assert (one["text"], one["words"]) == ("Ikke gemt", "Sagens titel")
        second.tell("save", file=FILE, path=["title"], before=before, text="Nu gemt")
        assert second.tell("unsaved")["unsaved"] == []
        assert "title: Nu gemt" in (folder / FILE).read_text("utf-8")


def _hostile(studio: Running) -> Iterator[tuple[str, dict[str, str], str, bytes]]:
    """What is wrong, headers in place of the page's own, the method, and the body."""
    good = json.dumps(
        {"file": FILE, "path": ["title"], "before": _value(studio, "title"), "text": "Overtaget"}
    ).encode()
    yield "another origin", {"Origin": "http://example.org"}, "POST", good
    yield "no origin", {"Origin": ""}, "POST", good
    yield "null origin", {"Origin": "null"}, "POST", good
    yield "another port", {"Origin": "http://127.0.0.1:1"}, "POST", good
    yield "another site", {"Sec-Fetch-Site": "cross-site"}, "POST", good
    yield "the same site, another origin", {"Sec-Fetch-Site": "same-site"}, "POST", good
    yield "another host", {"Host": "example.org"}, "POST", good
    yield "a form", {"Content-Type": "application/x-www-form-urlencoded"}, "POST", good
    yield "plain text", {"Content-Type": "text/plain"}, "POST", good
    yield "GET", {}, "GET", b""
    yield "PUT", {"Content-Length": str(len(good))}, "PUT", good
    yield "no JSON", {}, "POST", b"{"
    yield "a list", {}, "POST", b"[]"
    yield "very deep", {}, "POST", b"[" * 100_000
    yield "too much", {"Content-Length": str(MOST_BYTES + 1)}, "POST", b" " * (MOST_BYTES + 1)
    yield "half a letter", {}, "POST", rb'{"file": "\ud800", "path": ["\ud800"], "before": "\ud800", "text": "\ud800"}'


@pytest.mark.parametrize("what", ["save", "structure"])
def test_hostile_requests_write_nothing(studio: Running, what: str) -> None:
    before = (studio.folder / FILE).read_bytes()
    for wrong, headers, method, body in _hostile(studio):
        status, _, _ = studio.request(what, headers, method, body)
        assert status in _REFUSED, (wrong, status)
    assert (studio.folder / FILE).read_bytes() == before


def _addresses(folder: Path) -> list[tuple[str, str]]:
    """Every address that a studio that writes answers at, with the method it wants."""
    session = Session(folder / "content", folder / "templates")
    try:
        routes = Studio(session, "prøven").app().routes
        return [
            (method, one.path.lstrip("/")) for one in routes if isinstance(one, Route) for method in one.methods or ()
        ]
    finally:
        session.close()


_NAMES = ("x", "0" * 32, "..%2f..%2fetc%2fpasswd", "%2e%2e", "%00", "%ff", "a/b", "x" * 5000, "%3Cscript%3E", "")
_WRONG_HEADERS: tuple[dict[str, str], ...] = (
    {"Host": "example.org"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://example.org"},
    {"Origin": "null"},
)


@pytest.mark.slow
def test_every_address_refuses_strangers_and_what_there_is_not(studio: Running) -> None:
    """Whatever address is added: without the secret, from elsewhere, by another method, and with names of nothing."""
    addresses = [(method, path) for method, path in _addresses(studio.folder) if method != "HEAD"]
    assert {"figure/{name}", "sheet/{name}", "save", "works/import", "decide"} <= {path for _, path in addresses}
    before = {path: path.read_bytes() for path in (studio.folder / "content").rglob("*.yaml")}
    answered: dict[tuple[object, ...], int] = {}
    for method, path in addresses:
        whole = path.replace("{name}", "0" * 32)
        body = b"{}" if method == "POST" else b""
        for headers in _WRONG_HEADERS:
            answered[method, path, str(headers)] = studio.request(whole, headers, method, body)[0]
        for other in ("HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "GET" if method == "POST" else "POST"):
            answered[other, path] = studio.request(whole, {"Origin": studio.origin}, other)[0]
        stranger = f"{method} /{whole} HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\nConnection: close\r\n\r\n"
        answered[method, path, "no secret"] = studio.send(stranger.encode())[0]
        for name in _NAMES if "{name}" in path else ():
            answered[method, path, name] = studio.request(path.replace("{name}", name))[0]
    assert len(answered) > 300
    assert {asked: status for asked, status in answered.items() if status not in _REFUSED} == {}
    assert {path: path.read_bytes() for path in (studio.folder / "content").rglob("*.yaml")} == before


_FIELD: dict[str, Any] = {"file": FILE, "path": ["title"], "before": "", "text": "x"}


_WRONG: tuple[dict[str, Any], ...] = ({"file": 1}, {"path": "title"}, {"typed": {}})


@pytest.mark.parametrize(
    ("what", "told"),
    [
        *((name, told) for name in (*_ASKED, *_LOOKS) for told in _WRONG),
        *(
            ("save", _FIELD | {"file": file})
            for file in ("content/issued/head.json", "content/../x", "/etc/passwd", "")
        ),
        ("save", _FIELD | {"path": ["@x"] * 60}),
        ("save", _FIELD | {"path": ["findes", "ikke"]}),
        ("structure", _FIELD | {"do": "add", "answers": {"id": "x"}}),
        ("structure", _FIELD | {"do": "remove"}),
        ("structure", _FIELD | {"do": "move", "position": 10**9}),
        ("structure", _FIELD | {"do": "format"}),
        ("fix", {"id": "case/findes-ikke", "file": FILE, "line": 1, "column": 1, "code": "DG301"}),
        ("allow", {"id": CASE, "file": FILE, "line": 1, "column": 1, "code": "DG301", "reason": "x"}),
        ("new", {"kind": "../../x", "name": "x"}),
        ("draft", {"id": CASE, "edition": "alle", "typed": []}),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(studio: Running, what: str, told: dict[str, Any]) -> None:
    folder = studio.folder / "content"
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    status, _, body = studio.request(what, method="POST", body=json.dumps(told).encode())
    said = json.loads(body) if status == 200 else {}
    assert status in _REFUSED or said == {"nothing": True} or set(said) & {"problems", "unsaved", "kinds"}, (
        status,
        said,
    )
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_a_name_that_leads_elsewhere_begins_no_document(studio: Running) -> None:
    told = studio.tell("new", kind="case", name="../../../etc/passwd")
    assert told == {"id": "case/etc-passwd"}
    assert (studio.folder / "content/cases/etc-passwd.yaml").is_file()
    (studio.folder / "content/cases/etc-passwd.yaml").unlink()


@pytest.mark.slow
def test_preview_has_no_way_to_write(tmp_path: Path) -> None:
    start_project(tmp_path)
    for command, options in (("preview", ()), ("studio", ("--read-only",))):
        with running(tmp_path, *options, command=command) as found:
            assert found.ask("list")["writes"] is False
            for name in (*_WRITES, *_LOOKS):
                assert found.request(name, method="POST", body=b"{}")[0] == 404


def _uses(studio: Running, file: str, path: list[str]) -> set[str]:
    """The documents that a field is counted in, asked for as the page does: a little at a time."""
    found, start = set[str](), 0
    while start >= 0:
        told = studio.tell("used", **{"file": file, "path": path, "from": start})
        assert told["known"]
        found |= set(told["documents"])
        start = told["next"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "path", "documents"),
    [
        (FILE, ["title"], {"case/vedtagelse-af-indkoebspolitik-2023-2026", "meeting/2022-12-01-br"}),
        (FILE, ["version"], {"case/vedtagelse-af-indkoebspolitik-2023-2026"}),
        (FILE, ["sections", "@solution", "text"], {"case/vedtagelse-af-indkoebspolitik-2023-2026"}),
    ],
)
def test_a_field_is_counted_where_its_words_are_and_not_where_its_file_is(
    studio: Running, file: str, path: list[str], documents: set[str]
) -> None:
    assert _uses(studio, file, path) == documents


@pytest.mark.slow
def test_a_heading_of_all_cases_is_counted_in_the_cases(studio: Running) -> None:
    found = _uses(studio, "content/settings.yaml", ["cases", "sections", "@solution", "heading"])
    cases = {"/".join(one["id"].split("/")[:2]) for one in studio.ask("list")["documents"] if one["kind"] == "case"}
    assert found == cases


def test_a_fault_leads_to_its_field(studio: Running) -> None:
    path = studio.folder / FILE
    before = path.read_text("utf-8")
    path.write_text(before.replace("status: vedtaget", "status: måske", 1), "utf-8")
    (fault,) = _told_of(studio, "måske")
    assert (fault["file"], fault["path"]) == (FILE, ["status"])
    path.write_text(before.replace("status: vedtaget", "status: [", 1), "utf-8")  # no form can show what is no YAML
    (fault,) = _told_of(studio, "")
    assert "path" not in fault
    path.write_text(before, "utf-8")


def _told_of(studio: Running, words: str) -> list[dict[str, Any]]:
    """What is wrong with the case, when the studio has seen that its file changed."""
    for _ in range(100):
        found = studio.ask("document", id=CASE, edition="public")["problems"]
        if found and any(words in one["words"] for one in found) and ("path" in found[0]) == bool(words):
            return list(found)
        time.sleep(0.05)
    raise AssertionError(words)
