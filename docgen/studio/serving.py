"""Runs the studio: on this computer alone, behind a secret that only the browser it opens is told."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path

from uvicorn import Config, Server

from docgen.problems import Origin, OutputError, Problem
from docgen.studio.guard import Guard
from docgen.studio.server import Studio
from docgen.studio.session import Session

HOST = "127.0.0.1"
"""There is no option for another address."""
_SECRET_BYTES = 24
_OPENING_SECONDS = 60.0
_IDLE_CHECK_SECONDS = 30.0


def serve(
    content: Path,
    templates: Path,
    port: int,
    *,
    opens: Callable[[str], object] | None,
    idle_hours: float,
    writes: bool = False,
    started: Callable[[str], None] = lambda address: None,
) -> None:
    """Shows the documents of a folder until it is stopped, or nobody has looked for `idle_hours`.

    `writes` says whether documents can be written in the page, too. `port` 0 is any free one. `opens` shows an address
    in the browser, where that is wanted. `started` is
    told the address, the secret included. Raises OutputError where the port is taken, and as `Session` does.
    """
    taken = _listening(port)
    port = taken.getsockname()[1]
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    studio = Studio(Session(content, templates), secrets.token_hex(8) if writes else "")
    config = Config(
        Guard(studio.app(), secret, port),
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=32_768,
    )
    server = Server(config)
    address = f"http://{HOST}:{port}/{secret}/"
    started(address)
    page = open_browser(address, opens) if opens is not None else None
    try:
        asyncio.run(_until_idle(server, taken, studio, idle_hours * 3600, page))
    except KeyboardInterrupt:
        pass
    finally:
        _remove(page)
        taken.close()


async def _until_idle(
    server: Server, taken: socket.socket, studio: Studio, idle_seconds: float, page: Path | None
) -> None:
    async def watch() -> None:
        waited = 0.0
        while not server.should_exit:
            await asyncio.sleep(step := min(_IDLE_CHECK_SECONDS, idle_seconds))
            waited += step
            if waited >= _OPENING_SECONDS:
                _remove(page)
            if studio.news.idle_seconds >= idle_seconds:
                server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve(sockets=[taken])
    finally:
        watching.cancel()


def _listening(port: int) -> socket.socket:
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let a second server take the port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen(128)  # from now on a request waits until it is answered
    except OSError:
        taken.close()
        hint = "vælg en anden med --port, eller lad være at skrive --port"
        raise OutputError([Problem(Origin("docgen"), f"port {port} er optaget", hint)]) from None
    return taken


def open_browser(address: str, opens: Callable[[str], object]) -> Path:
    """Opens the browser with a file that leads to the address: what a program is started with can be seen by all users
    of a computer (jupyter/notebook#4260)."""
    handle, name = tempfile.mkstemp(prefix="docgen-", suffix=".html")  # only the user can read it
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>docgen</title>'
            f'<meta http-equiv="refresh" content="0; url={escape(address)}"></head>'
            f'<body><p><a href="{escape(address)}">Åbn docgen</a></p></body></html>\n'
        )
    opens(Path(name).as_uri())
    return Path(name)


def _remove(page: Path | None) -> None:
    if page is not None:
        with suppress(OSError):
            page.unlink(missing_ok=True)
