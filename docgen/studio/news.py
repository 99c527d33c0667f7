"""News to the pages: server-sent events, with a heartbeat, to every page that listens (HTML standard, 9.2)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

_HEARTBEAT_SECONDS = 15.0
_WAITING = 100  # news for a page that does not read them


class News:
    """Those who listen, and since when nobody has."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes]] = set()
        self._last = time.monotonic()
        self._closed = False

    @property
    def idle_seconds(self) -> float:
        """How long nobody has listened."""
        return 0.0 if self._listeners else time.monotonic() - self._last

    def tell(self, news: Mapping[str, Any]) -> None:
        """Tells everybody who listens."""
        line = f"data: {json.dumps(news, ensure_ascii=False)}\n\n".encode()
        for waiting in self._listeners:
            with suppress(asyncio.QueueFull):
                waiting.put_nowait(line)

    def close(self) -> None:
        """Ends what everybody listens to."""
        self._closed = True
        self.tell({"sort": "closed"})

    async def listen(self) -> AsyncIterator[bytes]:
        """What one page hears, until it goes away."""
        waiting: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)
        self._listeners.add(waiting)
        try:
            yield b"retry: 1000\n\n: hej\n\n"
            while not self._closed:
                try:
                    yield await asyncio.wait_for(waiting.get(), _HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield b": .\n\n"
        finally:
            self._listeners.discard(waiting)
            self._last = time.monotonic()
