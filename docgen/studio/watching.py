"""Notices that files change: the system says so at once, and a look every other second finds what it does not say, as
on network drives, OneDrive and WSL (watchfiles#125)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path, PurePath

from watchfiles import Change, awatch

from docgen.files import is_ignored

_DEBOUNCE_MILLISECONDS = 60
_STEP_MILLISECONDS = 10
_LOOK_SECONDS = 2.0


class Watcher:
    """Calls `changed` when something in some folders may be another. It may be called for nothing."""

    def __init__(self, folders: Sequence[Path], changed: Callable[[], Awaitable[None]]) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._changed = changed

    async def run(self) -> None:
        """Watches until it is cancelled."""
        await asyncio.gather(self._listen(), self._look())

    async def _listen(self) -> None:
        watched = awatch(
            *self._folders,
            watch_filter=self._matters,
            debounce=_DEBOUNCE_MILLISECONDS,
            step=_STEP_MILLISECONDS,
            recursive=True,
            ignore_permission_denied=True,
        )
        try:
            async for _ in watched:
                await self._changed()
        except OSError:  # the system has no more watches to give: looking must do
            return

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            await self._changed()

    def _matters(self, change: Change, path: str) -> bool:
        parts = PurePath(path).parts
        longest = max((len(root.parts) for root in self._folders if parts[: len(root.parts)] == root.parts), default=0)
        return not any(is_ignored(part) for part in parts[longest:])
