"""Who may ask the studio for something: this page, on this computer, with the secret, and nobody else."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.commands.init import start_project
from docgen.studio import serving
from docgen.studio.guard import MOST_BYTES
from tests.support.studio import Running, running

_REFUSED = (400, 403, 404, 405, 413, 422, 431)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("studie")
    start_project(folder)
    with running(folder) as found:
        yield found


def _document(studio: Running) -> str:
    return str(studio.ask("list")["documents"][0]["id"])


def _place(studio: Running, **changes: Any) -> bytes:
    told = studio.ask("document", id=_document(studio))
    asked = {"id": told["id"], "edition": "public", "print": told["print"], "mark": 1, "word": "", "before": ""}
    return json.dumps(asked | changes).encode()


@pytest.mark.slow
def test_the_page_itself_is_answered(studio: Running) -> None:
    assert studio.request("")[0] == 200
    assert studio.request("document?id=" + _document(studio))[0] == 200
    assert studio.request("place", method="POST", body=_place(studio))[0] == 200


def _hostile(studio: Running) -> Iterator[tuple[str, bytes]]:
    """Requests that break a rule each, by what is wrong with them."""
    host, secret = f"127.0.0.1:{studio.port}", studio.prefix.strip("/")
    good = {"Host": host, "Sec-Fetch-Site": "same-origin", "Connection": "close"}

    def made(
        path: str, method: str = "GET", body: bytes = b"", more: str = "", http: str = "1.1", **changes: str | None
    ) -> bytes:
        headers = good | {name.replace("_", "-"): value for name, value in changes.items() if value is not None}
        lines = "".join(f"{k}: {v}\r\n" for k, v in headers.items() if changes.get(k.replace("-", "_"), "") is not None)
        return f"{method} {path} HTTP/{http}\r\n{lines}{more}\r\n".encode("latin-1") + body

    def post(body: bytes, length: int | None = None, **changes: str | None) -> bytes:
        own: dict[str, str | None] = {"Origin": studio.origin, "Content-Type": "application/json"}
        own["Content-Length"] = str(len(body) if length is None else length)
        own |= {name.replace("_", "-"): value for name, value in changes.items()}
        given = {name.replace("-", "_"): value for name, value in own.items()}
        return made(f"/{secret}/place", "POST", body, "", "1.1", **given)

    shell, listed = f"/{secret}/", f"/{secret}/list"
    place = _place(studio)
    yield "no secret", made("/")
    yield "no secret, a file", made("/list")
    yield "another secret", made(f"/{'A' * 32}/list")
    yield "the secret but its last sign", made(f"/{secret[:-1]}/list")
    yield "the secret and one more sign", made(f"/{secret}A/list")
    yield "the secret as a question", made(f"/list?secret={secret}")
    yield "the secret later in the path", made(f"/x/{secret}/list")
    yield "the secret after two slashes", made(f"//{secret}/list")
    yield "the secret in percent signs", made("/" + "".join(f"%{ord(sign):02x}" for sign in secret) + "/list")
    yield "no host", made(listed, Host=None)
    yield "no host, HTTP/1.0", made(listed, Host=None, http="1.0")
    yield "another host", made(listed, Host="example.org")
    yield "another host with the port", made(listed, Host=f"example.org:{studio.port}")
    yield "another port", made(listed, Host="127.0.0.1:1")
    yield "a host without a port", made(listed, Host="127.0.0.1")
    yield "two hosts", made(listed, more="Host: example.org\r\n")
    yield "the same host twice", made(listed, more=f"Host: {host}\r\n")
    yield "an absolute address to another host", made(f"http://example.org{listed}", Host="example.org")
    yield "from another site", made(listed, Sec_Fetch_Site="cross-site")
    yield "from the same site", made(listed, Sec_Fetch_Site="same-site")
    yield "from two places", made(listed, more="Sec-Fetch-Site: cross-site\r\n")
    yield (
        "from another site, in a frame",
        made(shell, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe"),
    )
    yield (
        "from another site, as a window, but not the page",
        made(listed, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document"),
    )
    yield "another origin", made(listed, Origin="http://example.org")
    yield "no origin to speak of", made(listed, Origin="null")
    yield "two origins", made(listed, Origin=studio.origin, more="Origin: http://example.org\r\n")
    yield "the origin of another port", made(listed, Origin="http://127.0.0.1:1")
    yield "HEAD", made(shell, "HEAD")
    yield "OPTIONS", made(listed, "OPTIONS", Access_Control_Request_Method="POST")
    yield "TRACE", made(listed, "TRACE")
    yield "PUT", made(listed, "PUT", b"{}", Content_Length="2", Origin=studio.origin)
    yield "DELETE", made(listed, "DELETE")
    yield "PATCH", made(listed, "PATCH")
    yield "CONNECT", made(listed, "CONNECT")
    yield "a method of its own", made(listed, "GETT")
    yield "an upgrade to a socket from elsewhere", made(
        f"/{secret}/news", Upgrade="websocket", Connection="Upgrade", Origin="http://example.org",
        Sec_WebSocket_Key="x" * 22 + "==", Sec_WebSocket_Version="13",
    )  # fmt: skip
    yield "POST to what is read", made(listed, "POST", b"{}", Origin=studio.origin, Content_Length="2")
    yield "POST without an origin", post(place, Origin=None)
    yield "POST from another origin", post(place, Origin="http://example.org")
    yield "POST from no origin", post(place, Origin="null")
    yield "POST as a form", post(place, Content_Type="application/x-www-form-urlencoded")
    yield "POST as text", post(place, Content_Type="text/plain")
    yield "POST without a type", post(place, Content_Type=None)
    yield "POST too much", post(b"{" + b" " * MOST_BYTES + b"}")
    yield "POST no JSON", post(b"{")
    yield "POST no UTF-8", post(b'{"id": "\xff"}')
    yield "POST a list", post(b"[]")
    yield "POST a number", post(b"1")
    yield "POST very deep", post(b"[" * 100_000)
    yield "POST an edition that there is not", post(_place(studio, edition="secret"))
    yield "POST a mark that is no number", post(_place(studio, mark="1"))
    yield "POST a mark that is true", post(_place(studio, mark=True))
    yield "POST a mark that there is not", post(_place(studio, mark=99_999_999))
    yield "POST a mark below nought", post(_place(studio, mark=-1))
    yield "POST a document that there is not", post(_place(studio, id="policy/findes-ikke"))
    yield "POST a document by its path", post(_place(studio, id="policy/../../etc/passwd"))
    yield "POST less than it says, then nothing", post(b"{}", 10)[:-1]
    for path in (
        "../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "static/../../server.py",
        "static/%2e%2e/guard.py",
    ):
        yield f"GET {path}", made(f"/{secret}/{path}")
    for path in ("static/idiomorph-LICENSE.txt", "static/", "sheet/x", "sheet/../list", "content/settings.yaml"):
        yield f"GET {path}", made(f"/{secret}/{path}")
    for query in ("", "?id=", "?id=x", "?id=policy/findes-ikke", "?id=a/b/c/d", "?id=../..", "?id=%00", "?id=case/%ff"):
        yield f"GET document{query}", made(f"/{secret}/document{query}")
    for query in ("&edition=secret", "&save=x", "&save=-1", "&save=99", "&save=99999999999999999999", "&save=²"):
        yield f"GET document {query}", made(f"/{secret}/document?id={_document(studio)}{query}")
    yield "a header without end", f"GET {listed} HTTP/1.1\r\nHost: {host}\r\nX: ".encode() + b"x" * 70_000
    yield "a path without end", made(listed + "?" + "x" * 70_000)
    yield "no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"
    yield "a header with a line break", made(listed, more="X: a\r\n b: c\r\n\x00: d\r\n")


@pytest.mark.slow
def test_hostile_requests_are_refused_and_none_is_a_fault(studio: Running) -> None:
    answered = {}
    requests = dict(_hostile(studio))
    for what, request in requests.items():
        if what.endswith("then nothing"):
            with socket.create_connection(("127.0.0.1", studio.port)) as connection:
                connection.sendall(request)
            continue
        try:
            answered[what] = studio.send(request)[0]
        except ConnectionError:
            answered[what] = 0  # refused while it was still being sent
    assert len(requests) >= 70
    assert {what: status for what, status in answered.items() if status not in (0, *_REFUSED)} == {}
    assert [what for what, status in answered.items() if not status] in ([], ["POST too much"])
    assert studio.request("")[0] == 200, "it goes on"


@pytest.mark.slow
def test_each_refusal_has_its_status(studio: Running) -> None:
    requests = dict(_hostile(studio))
    wanted = {
        "no secret": 404,
        "the secret in percent signs": 404,
        "no host, HTTP/1.0": 403,
        "another host": 403,
        "from another site": 403,
        "another origin": 403,
        "POST without an origin": 403,
        "HEAD": 405,
        "OPTIONS": 405,
        "TRACE": 405,
        "POST as text": 422,
        "POST no JSON": 422,
        "POST very deep": 422,
        "GET document?id=policy/findes-ikke": 404,
    }
    assert {what: studio.send(requests[what])[0] for what in wanted} == wanted


@pytest.mark.slow
def test_too_much_is_refused_without_being_read_to_the_end(studio: Running) -> None:
    head = f"POST {studio.prefix}place HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\nOrigin: {studio.origin}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 100000000\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", studio.port), timeout=20) as connection:
        connection.sendall(head.encode())
        try:
            for _ in range(100):
                connection.sendall(b" " * 50_000)
        except ConnectionError:
            return  # it did not take the rest
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_every_answer_has_its_headers(studio: Running) -> None:
    paths = ["", "frame", "static/studio.js", "list", f"document?id={_document(studio)}", "document?id=x", "x/y"]
    for path in paths:
        _, headers, _ = studio.request(path)
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert headers["cross-origin-resource-policy"] == "same-origin", path
        assert headers["cache-control"] == "no-store", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert not {name for name in headers if name.startswith("access-control-")}, path
        assert "server" not in headers, path
    assert studio.request("", {"Host": "example.org"})[1]["x-content-type-options"] == "nosniff"


def test_the_page_runs_its_own_script_and_the_document_none(studio: Running) -> None:
    shell = studio.request("")[1]["content-security-policy"]
    assert "script-src 'self'" in shell
    assert "frame-ancestors 'none'" in shell
    assert "unsafe" not in shell
    document = studio.request("frame")[1]["content-security-policy"]
    assert "script-src" not in document
    assert document.startswith("default-src 'none'")
    assert "frame-ancestors 'self'" in document


def test_nothing_is_fetched_from_elsewhere() -> None:
    """Nor named: the only addresses in the page's files are names of XML."""
    for file in (Path(serving.__file__).parent / "static").iterdir():
        found = set(re.findall(r"https?://[^\s\"'`)]+", file.read_text("utf-8")))
        assert found <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}, (file.name, found)


def test_it_listens_on_this_computer_alone(studio: Running) -> None:
    listening = Path("/proc/net/tcp"), Path("/proc/net/tcp6")
    if not listening[0].exists():
        pytest.skip("kun Linux siger, hvem der lytter, uden et program til")
    lines = [line.split() for path in listening for line in path.read_text().splitlines()[1:]]
    own = {line[1].rpartition(":")[0] for line in lines if int(line[1].rpartition(":")[2], 16) == studio.port}
    assert own == {"0100007F"}


def test_there_is_no_option_for_another_address() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "docgen", "preview", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"--[a-z-]+", told)) == {
        *("--content", "--templates", "--port", "--no-browser", "--idle-hours", "--help"),
    }


@pytest.mark.slow
def test_the_secret_is_new_each_time_and_long(tmp_path: Path) -> None:
    start_project(tmp_path)
    secrets = set()
    for _ in range(2):
        with running(tmp_path) as studio:
            secrets.add(studio.prefix.strip("/"))
    assert len(secrets) == 2
    assert all(len(secret) >= 32 for secret in secrets)


def test_the_browser_is_told_by_a_file_that_only_the_user_can_read() -> None:
    opened: list[str] = []
    page = serving.open_browser("http://127.0.0.1:1/hemmelig/", opened.append)
    try:
        assert opened == [page.as_uri()]
        assert "hemmelig" not in opened[0]
        assert page.stat().st_mode & 0o077 == 0
        assert "http://127.0.0.1:1/hemmelig/" in page.read_text("utf-8")
    finally:
        page.unlink()


@pytest.mark.slow
def test_it_ends_when_nobody_has_looked_for_long(tmp_path: Path) -> None:
    start_project(tmp_path)
    with running(tmp_path, "--idle-hours", "0.001") as studio:
        assert studio.process.wait(timeout=30) == 0


@pytest.mark.slow
def test_a_port_that_is_taken_is_told(tmp_path: Path, studio: Running) -> None:
    start_project(tmp_path)
    command = [sys.executable, "-m", "docgen", "preview", "--no-browser", "--port", str(studio.port)]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert told.returncode == 1
    assert f"port {studio.port} er optaget" in told.stderr


@pytest.mark.slow
def test_what_is_issued_and_every_other_file_is_as_it_was(studio: Running) -> None:
    """All that can be asked for is asked for; nothing in the folder is another afterwards."""

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in studio.folder.rglob("*") if path.is_file()}

    before = files()
    for one in studio.ask("list")["documents"]:
        for edition in ("public", "internal"):
            for what in ("document", "findings", "sheets", "saves"):
                studio.ask(what, id=one["id"], edition=edition)
    studio.ask("search", **{"for": "kommune"})
    assert files() == before
