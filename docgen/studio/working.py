"""The answers to the page's buttons for whole documents: built, issued, verified, compared, pulled and imported."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.routing import Route

from docgen.kinds.edition import Edition
from docgen.studio.answers import Answer
from docgen.studio.news import News
from docgen.studio.saving import Saver
from docgen.studio.session import Session
from docgen.studio.works import Wanted, Works
from docgen.studio.writing import Endpoint, endpoint, text_of

WORKS = ("build", "compare", "hindrances", "issue", "verify", "pull", "import")


class Working:
    """What may be asked of a studio that writes, of whole documents."""

    def __init__(
        self,
        session: Session,
        in_docgen: Callable[..., Awaitable[Any]],
        changed: Callable[[], Awaitable[None]],
        news: News,
        saver: Saver,
    ) -> None:
        self._session, self._in_docgen, self._changed, self._news = session, in_docgen, changed, news
        self._saver = saver
        self._works = Works(session, self._progress, saver)
        self._loop: asyncio.AbstractEventLoop | None = None

    def routes(self) -> list[Route]:
        """The addresses of the buttons."""
        return [Route(f"/works/{name}", self._endpoint(name), methods=["POST"]) for name in WORKS]

    def _endpoint(self, name: str) -> Endpoint:
        async def in_docgen(work: Callable[..., Any], *args: Any) -> Any:
            self._loop = asyncio.get_running_loop()
            return await self._in_docgen(work, *args)

        def answer(asked: Mapping[str, Any]) -> Answer:
            done = self._works.run(name, _wanted(asked))
            told = {"lines": list(done.lines), "well": done.well, "files": list(done.files), "document": done.document}
            turns = {"undo": self._saver.can_undo, "redo": self._saver.can_redo}
            return {**told, "groups": list(done.groups), **turns}

        return endpoint(self._session, in_docgen, self._changed, answer)

    def _progress(self, done: int, total: int) -> None:
        """Told in docgen's thread; the pages hear it from their own."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._news.tell, {"sort": "progress", "done": done, "total": total})


def _wanted(asked: Mapping[str, Any]) -> Wanted:
    try:
        data = base64.b64decode(text_of(asked, "data", ""), validate=True)
    except binascii.Error:
        raise ValueError("data") from None
    return Wanted(
        document=text_of(asked, "id", ""),
        edition=Edition(text_of(asked, "edition", "public")),
        meeting=text_of(asked, "meeting", ""),
        with_annexes=asked.get("with_annexes") is True,
        name=text_of(asked, "name", "")[:200],
        data=data,
        kind=text_of(asked, "kind", ""),
        new_name=text_of(asked, "new_name", "")[:200],
        structural=asked.get("structural") is True,
        dry_run=asked.get("dry_run") is not False,
    )
