"""What is read while nothing else is asked for: the documents of the list, and what the proof-reader finds in each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from functools import partial
from typing import Any

from docgen.document_id import DocumentId, parse_id
from docgen.problems import DocgenError
from docgen.proofing.rule import Finding
from docgen.studio.catalogue import Catalogue
from docgen.studio.news import News
from docgen.studio.session import Session

_STEP_SECONDS = 0.02  # of proof-reading at a time
_READ_AT_ONCE = 8  # documents of the list, while nothing else is asked for
_PROOFREAD_UP_TO = 200  # documents; in a larger folder those that are opened


class Reader:
    """Reads the documents of a session for a catalogue; `in_docgen` runs something in docgen's thread, where all that
    is read here is read in small parts."""

    def __init__(
        self, session: Session, catalogue: Catalogue, in_docgen: Callable[..., Awaitable[Any]], news: News
    ) -> None:
        self._session, self._catalogue, self._in_docgen, self._news = session, catalogue, in_docgen, news
        self._proofreading = asyncio.Lock()

    async def read_on(self) -> None:
        """Reads the documents that the list knows by their bytes alone, a few at a time, between what is asked for."""
        while await self._in_docgen(self._read_some):
            await asyncio.sleep(0.01)
        while (id := await self._in_docgen(self._next_unproofed)) is not None:
            try:
                await self.proofread(str(id))
            except (KeyError, DocgenError):  # gone meanwhile
                self._catalogue.note_findings(id, 0)
            await asyncio.sleep(0.01)
        self._news.tell({"sort": "list"})

    def _read_some(self) -> bool:
        """Reads some documents that the list knows by their bytes alone, and says whether there are more."""
        project = self._session.workspace.project
        return project is not None and self._catalogue.read_some(project, _READ_AT_ONCE)

    def _next_unproofed(self) -> DocumentId | None:
        """The next document whose findings are not known, in a folder that is not too large for that."""
        project = self._session.workspace.project
        if project is None or len(project.graph.documents) > _PROOFREAD_UP_TO:
            return None
        return self._catalogue.next_unproofed(project)

    async def proofread(self, name: str) -> None:
        """Finds what there is to find in a document, a little at a time, so that no key waits for it. Raises KeyError
        for one that there is not."""
        async with self._proofreading:
            steps = self._session.findings_in_steps(name)
            while not await self._in_docgen(partial(self._advance, name, steps)):
                await asyncio.sleep(0)

    def _advance(self, name: str, steps: Generator[None, None, tuple[Finding, ...]]) -> bool:
        """Goes on for a moment, and says whether that was the end."""
        end = time.monotonic() + _STEP_SECONDS
        try:
            while time.monotonic() < end:
                next(steps)
        except StopIteration as found:
            self._catalogue.note_findings(parse_id(name), len(found.value))
            return True
        return False
