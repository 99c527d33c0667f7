"""What a request must be to be answered at all: to this computer, with the secret, and from no other page.

A page anywhere can make a browser send requests to 127.0.0.1, and a name can be made to lead there (DNS rebinding); on
a server that several people use, all of them reach the port. So each request must have the secret as the first part of
its path, this host as `Host`, and no other site as its origin (Fetch Metadata, RFC 6454).
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from docgen.structs import Struct

MOST_BYTES = 2_000_000
"""Of what a request may send."""
MOST_FILE_BYTES = 40_000_000
"""Of what a request may send that has a file in it: one from Word with its pictures, as base64."""
_WITH_FILE = (b"/works/pull", b"/works/import", b"/works/verify")
_LONGEST_ADDRESS = 8_000

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page around the document may do: its own script and style, and nothing from elsewhere."""
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""What the document itself may do: no script at all."""
_NOTHING = "default-src 'none'; frame-ancestors 'none'"


class Refusal(Struct, frozen=True):
    """Why a request is not answered: the status, and what is wrong in Danish."""

    status: int
    words: str


class Guard:
    """Lets through to `app` what is asked of the right host, with the secret and by this page."""

    def __init__(self, app: App, secret: str, port: int) -> None:
        self._app, self._secret = app, secret.encode()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request (ASGI 3)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        sent = _Body(receive)
        refusal = self._refusal(scope) or (await sent.read(self._most(scope)) if scope["method"] == "POST" else None)
        if refusal is not None:
            await _refuse(refusal, send)
            return
        prefix = "/" + self._secret.decode()
        inside = {**scope, "path": scope["path"].removeprefix(prefix) or "/"}
        inside["raw_path"] = inside["path"].encode()
        await self._app(inside, sent, _with_headers(send))

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = _Headers(scope["headers"])
        first = bytes(scope.get("raw_path") or b"").split(b"?")[0].split(b"/")[1:2] or [b""]
        if len(scope["raw_path"]) + len(scope["query_string"]) > _LONGEST_ADDRESS:
            return Refusal(413, "for lang adresse")
        if headers.one("host") not in self._hosts:
            return Refusal(403, "forkert vært")
        if not secrets.compare_digest(first[0], self._secret):
            return Refusal(404, "findes ikke")
        if not headers.may_be_one_of("sec-fetch-site", ("same-origin", "none")) and not self._arrives(scope, headers):
            return Refusal(403, "fra et andet sted")
        origins = tuple(f"http://{host}" for host in self._hosts)
        if not headers.may_be_one_of("origin", origins):
            return Refusal(403, "fra et andet sted")
        if scope["method"] not in ("GET", "POST"):
            return Refusal(405, "forkert metode")
        if scope["method"] == "POST":
            if headers.one("origin") not in origins:
                return Refusal(403, "afsenderen mangler")
            if headers.one("content-type").partition(";")[0].strip().lower() != "application/json":
                return Refusal(422, "kun JSON")
        return None

    def _most(self, scope: Scope) -> int:
        inside = bytes(scope["raw_path"]).removeprefix(b"/" + self._secret)
        return MOST_FILE_BYTES if inside in _WITH_FILE else MOST_BYTES

    def _arrives(self, scope: Scope, headers: _Headers) -> bool:
        """Whether it is the browser that opens the page as a window of its own, from the file that leads there: that
        shows it to the user and tells it to nobody."""
        asks_for = (headers.one("sec-fetch-mode"), headers.one("sec-fetch-dest"))
        is_page = scope["raw_path"] == b"/" + self._secret + b"/" and scope["method"] == "GET"
        return is_page and asks_for == ("navigate", "document")


class _Headers:
    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self._all: dict[str, list[str]] = {}
        for name, value in headers:
            self._all.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))

    def one(self, name: str) -> str:
        """The value of a header that is there once; empty otherwise."""
        found = self._all.get(name, [])
        return found[0] if len(found) == 1 else ""

    def may_be_one_of(self, name: str, values: Iterable[str]) -> bool:
        """Whether a header is not there, or there once with one of some values."""
        return name not in self._all or self.one(name) in values


class _Body:
    """What a request sends: read whole, as far as it is no more than it may be, then handed on."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._data, self._is_handed_on = receive, b"", True

    async def read(self, most: int) -> Refusal | None:
        """Reads it; a refusal where it is more than it may be, or breaks off."""
        parts: list[bytes] = []
        length = 0
        while True:
            message = await self._receive()
            if message["type"] != "http.request":
                return Refusal(422, "afbrudt")
            parts.append(message.get("body", b""))
            length += len(parts[-1])
            if length > most:
                return Refusal(413, "for meget")
            if not message.get("more_body", False):
                break
        self._data, self._is_handed_on = b"".join(parts), False
        return None

    async def __call__(self) -> Message:
        if self._is_handed_on:
            return await self._receive()
        self._is_handed_on = True
        return {"type": "http.request", "body": self._data, "more_body": False}


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = refusal.words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": refusal.status, "headers": headers}
    await _with_headers(send)(start)
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send) -> Send:
    """Answers with the headers that every answer has; one that says no policy of its own may do nothing."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", ())}
            more = {**_HEADERS, "content-security-policy": _NOTHING}
            own = [(name.encode(), value.encode()) for name, value in more.items() if name.encode() not in given]
            message = {**message, "headers": [*message.get("headers", ()), *own]}
        await send(message)

    return with_headers
