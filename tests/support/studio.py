"""A studio that runs as a process of its own, and requests to it, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.support.contents import ROOT

CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget"
CASE_FILE = "cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml"
POLICY = "policy/indkoebspolitik-2023-2026"
POLICY_FILE = "policies/indkoebspolitik-2023-2026/policy.yaml"
FOLLOW_UP = "follow-up/2024"
FOLLOW_UP_FILE = "follow_ups/2024.yaml"
FILES = {CASE: CASE_FILE, POLICY: POLICY_FILE, FOLLOW_UP: FOLLOW_UP_FILE}


def copy_of_repository(folder: Path, *, guide: bool = True) -> Path:
    """The repository's content and templates in a folder of their own, where they may be changed; perhaps without its
    guide, which takes longer to look through than all the rest."""
    left = shutil.ignore_patterns("arkiv", *(() if guide else ("guides",)))
    shutil.copytree(ROOT / "content", folder / "content", ignore=left)
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


class Running:
    """A studio that answers at `address`, which has the secret; `process` is its own."""

    def __init__(self, folder: Path, address: str, process: subprocess.Popen[str]) -> None:
        self.folder, self.address, self.process = folder, address, process
        parts = urlsplit(address)
        assert parts.port is not None
        self.port, self.prefix = parts.port, parts.path
        self.origin = f"http://127.0.0.1:{self.port}"

    def send(self, request: bytes, timeout: float = 20.0) -> tuple[int, dict[str, str], bytes]:
        """Sends bytes as they are; the status (0: the connection was closed without an answer), headers and body."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(request)
            data = b""
            while part := connection.recv(65536):
                data += part
        if not data:
            return 0, {}, b""
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(first.split(" ")[1]), headers, body

    def request(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """A request as the page makes it, to a path after the secret; `headers` stand in place of its own."""
        given = {"Host": f"127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin", "Connection": "close"}
        if method == "POST":
            given |= {"Origin": self.origin, "Content-Type": "application/json", "Content-Length": str(len(body))}
        given |= headers or {}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        return self.send(f"{method} {self.prefix}{path} HTTP/1.1\r\n{lines}\r\n".encode() + body)

    def ask(self, what: str, **parameters: object) -> Any:
        """What the page is told."""
        query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parameters.items())
        status, headers, body = self.request(f"{what}?{query}")
        assert status == 200, (what, parameters, status, body)
        if headers.get("transfer-encoding") == "chunked":
            body = _unchunked(body)
        return json.loads(body)

    def tell(self, what: str, **told: Any) -> Any:
        """What the page is answered when it sends something."""
        status, _, answer = self.request(what, method="POST", body=json.dumps(told).encode())
        assert status == 200, (what, told, status, answer)
        return json.loads(answer)

    def place(self, told: Mapping[str, Any], mark: int, word: str = "", before: str = "") -> dict[str, Any]:
        """Where a word of a document, as `ask("document")` gave it, is written."""
        asked = {"id": told["id"], "edition": told["edition"], "print": told["print"]}
        body = json.dumps({**asked, "mark": mark, "word": word, "before": before}).encode()
        status, _, answer = self.request("place", method="POST", body=body)
        assert status == 200, (status, answer)
        found: dict[str, Any] = json.loads(answer)
        return found


def _unchunked(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        parts.append(rest[:length])
        body = rest[length + 2 :]
    return b"".join(parts)


@contextmanager
def running(folder: Path, *options: str, command: str = "preview") -> Iterator[Running]:
    """A studio of the folders `content` and `templates` in a folder, until it is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "docgen", command, "--no-browser", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, process.stderr.read() if process.stderr else ""
        yield Running(folder, address, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def edit(path: Path, old: str, new: str) -> None:
    """Writes words of a file anew at their first place."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
