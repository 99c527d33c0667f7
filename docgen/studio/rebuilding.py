"""`docgen build --watch`: a session without a page, which builds again after each save."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from docgen import remembering
from docgen.studio.watching import Watcher
from docgen.studio.workspace import settled_stamps


def rebuild_on_change(content: Path, templates: Path, build: Callable[[], None]) -> None:
    """Calls `build`, and again each time something in one of the folders has been saved, until it is interrupted.

    What pure functions gave is remembered meanwhile. What `build` raises ends it.
    """
    remembering.begin()
    try:
        asyncio.run(_rebuild(content, templates, build))
    except KeyboardInterrupt:
        return
    finally:
        remembering.end()


async def _rebuild(content: Path, templates: Path, build: Callable[[], None]) -> None:
    seen = settled_stamps(content, templates, None)
    await asyncio.to_thread(build)

    async def changed() -> None:
        nonlocal seen
        now = await asyncio.to_thread(settled_stamps, content, templates, seen)
        if now != seen:
            seen = now
            await asyncio.to_thread(build)

    await Watcher((content, templates), changed).run()
