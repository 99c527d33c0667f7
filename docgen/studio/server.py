"""The answers to what the page asks, and the news that something was saved; `writing` has those that write.

docgen itself works in one thread and Typst in another, so that the text never waits for the pages.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.resources import files
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from docgen.kinds.edition import Edition
from docgen.problems import DocgenError
from docgen.structs import encode_json
from docgen.studio import answers
from docgen.studio.answers import Answer
from docgen.studio.catalogue import Catalogue
from docgen.studio.figures import Figures
from docgen.studio.form_answers import field_words
from docgen.studio.guard import DOCUMENT_POLICY, SHELL_POLICY
from docgen.studio.news import News
from docgen.studio.reading import Reader
from docgen.studio.session import Session
from docgen.studio.sheets import SheetStore
from docgen.studio.watching import Watcher
from docgen.studio.working import Working
from docgen.studio.writing import Writing

_Result = TypeVar("_Result")
_SCRIPTS = (
    *("editor", "findings", "forms", "frame", "idiomorph", "meeting", "news", "paste"),
    *("studio", "text", "tools", "works"),
)
_STATIC = {
    "studio.css": "text/css; charset=utf-8",
    **{f"{name}.js": "text/javascript; charset=utf-8" for name in _SCRIPTS},
}
_EMPTY_PAGE = (
    '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>Dokumentet</title></head>'
    "<body></body></html>\n"
)


class Studio:
    """One folder, shown to any number of pages in a browser."""

    def __init__(self, session: Session, writes_as: str = "") -> None:
        """`writes_as` is a name that no other studio has; without one nothing can be written."""
        self._session, self._catalogue, self.news, self._figures = session, Catalogue(), News(), Figures()
        self._writing = (
            Writing(session, self._in_docgen, self._on_change, self._figures, writes_as) if writes_as else None
        )
        self._docgen = ThreadPoolExecutor(max_workers=1, thread_name_prefix="docgen")
        self._typst = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typst")
        self._sheets = SheetStore()
        self._reader = Reader(session, self._catalogue, self._in_docgen, self.news)
        self._tasks: set[asyncio.Task[None]] = set()

    def app(self) -> Starlette:
        """The application, to be put behind a `Guard`."""
        get = {
            "/": _shell,
            "/frame": _frame,
            "/static/{name}": _static,
            "/list": self._list,
            "/document": self._document,
            "/findings": self._findings,
            "/sheets": self._show_sheets,
            "/sheet/{name}": self._sheet,
            "/figure/{name}": self._figure,
            "/saves": self._saves,
            "/search": self._search,
            "/news": self._listen,
        }
        routes = [Route(path, answer, methods=["GET"]) for path, answer in get.items()]
        routes.append(Route("/place", self._place, methods=["POST"]))
        if self._writing is not None:
            routes += self._writing.routes()
            working = Working(self._session, self._in_docgen, self._on_change, self.news, self._writing.saver)
            routes += working.routes()
        return Starlette(routes=routes, lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        await self._in_docgen(self.refresh)
        if self._writing is not None:
            await self._in_docgen(self._writing.unsaved.begin)
        workspace = self._session.workspace
        watcher = Watcher((workspace.content, workspace.templates), self._on_change)
        self._start(watcher.run())
        self._start(self._reader.read_on())
        try:
            yield
        finally:
            self.news.close()
            for task in self._tasks:
                task.cancel()
            self._docgen.shutdown(wait=False, cancel_futures=True)
            self._typst.shutdown(wait=False, cancel_futures=True)
            if self._writing is not None:
                self._writing.unsaved.end()
            self._session.close()

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_docgen(self, work: Callable[..., _Result], *args: Any) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._docgen, work, *args)

    # -- what is saved, and what is read on ----------------------------------------------------------------------

    def refresh(self) -> tuple[str, ...]:
        """Reads what was saved, and returns the paths that changed; in docgen's thread."""
        first = self._session.workspace.project is None
        changed = self._session.take_changed()
        if (project := self._session.workspace.project) is not None and (first or changed):
            self._catalogue.update(project, None if first else changed)
        return changed

    async def _on_change(self) -> None:
        """Tells every page once of what was saved."""
        if changed := await self._in_docgen(self.refresh):
            self.news.tell({"sort": "saved", "version": self._session.workspace.version, "files": list(changed)})
            self._start(self._reader.read_on())

    # -- answers -------------------------------------------------------------------------------------------------

    async def _list(self, request: Request) -> Response:
        return await self._answer(self._list_answer)

    def _list_answer(self) -> Answer:
        told = answers.document_list(self._session, self._catalogue, self._sheets.lengths)
        return {**told, "writes": self._writing is not None}

    async def _document(self, request: Request) -> Response:
        id, edition = _asked(request)
        save = _number(request, "save")
        changes = request.query_params.get("changes", "") == "1"
        return await self._answer(self._document_answer, id, edition, save, changes)

    def _document_answer(self, id: str, edition: Edition, save: int, changes: bool) -> Answer:
        session = self._session
        if not save:
            return answers.document_answer(session, session.view(id, edition), self._figures)
        view = session.changes_since(id, edition, save) if changes else session.view_before(id, edition, save)
        return answers.document_answer(session, view, self._figures, save)

    async def _findings(self, request: Request) -> Response:
        id, edition = _asked(request)
        with suppress(KeyError, DocgenError):  # told below
            await self._reader.proofread(id)
        return await self._answer(self._findings_answer, id, edition)

    def _findings_answer(self, id: str, edition: Edition) -> Answer:
        view, found = self._session.view(id, edition), self._session.findings(id)
        told = answers.finding_answers(self._session, view, found)
        return {"id": str(view.id), "print": answers.print_of(view.html), "findings": told}

    async def _show_sheets(self, request: Request) -> Response:
        id, edition = _asked(request)
        typed = request.query_params.get("print", "")  # of what a page shows that is not saved
        look = partial(self._writing.shown, print_=typed) if self._writing and typed else self._session.view
        try:
            view = await self._in_docgen(look, id, edition)
            return _json(await asyncio.get_running_loop().run_in_executor(self._typst, self._sheets.answer, view))
        except KeyError:
            raise HTTPException(404) from None
        except DocgenError as error:
            return _json({"problems": [answers.problem_answer(self._session, one) for one in error.problems]})

    async def _sheet(self, request: Request) -> Response:
        page = self._sheets.page(request.path_params["name"])
        if page is None:
            raise HTTPException(404)
        return Response(page, media_type="image/svg+xml")

    async def _figure(self, request: Request) -> Response:
        picture = self._figures.picture(request.path_params["name"])
        if picture is None:
            raise HTTPException(404)
        return Response(picture.data, media_type=picture.media_type)

    async def _saves(self, request: Request) -> Response:
        return await self._answer(self._saves_answer, *_asked(request))

    def _saves_answer(self, id: str, edition: Edition) -> Answer:
        return {"saves": answers.save_answers(self._session, self._session.view(id, edition))}

    async def _search(self, request: Request) -> Response:
        words = request.query_params.get("for", "")[:200]
        return await self._answer(lambda: {"documents": [str(id) for id in self._session.search(words)]})

    async def _place(self, request: Request) -> Response:
        try:
            asked = json.loads(await request.body())
            id, edition = str(asked["id"]), Edition(asked["edition"])
            mark, shown = asked["mark"], str(asked["print"])
            word, before = str(asked.get("word", ""))[:200], str(asked.get("before", ""))[-200:]
            if type(mark) is not int:
                raise TypeError(mark)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise HTTPException(422) from None
        return await self._answer(self._place_answer, id, edition, shown, (mark, word, before))

    def _place_answer(self, id: str, edition: Edition, shown: str, at: tuple[int, str, str]) -> Answer:
        view = self._session.view(id, edition)
        if answers.print_of(view.html) != shown:
            raise HTTPException(409)
        told = answers.place_answer(self._session, view, *at)
        return {**told, "field": field_words(self._session.project, view.places[at[0] - 1])}

    async def _listen(self, request: Request) -> Response:
        return StreamingResponse(self.news.listen(), media_type="text/event-stream")

    async def _answer(self, make: Callable[..., Answer], *args: Any) -> Response:
        """What docgen's thread makes, as JSON; 404 for what there is not."""
        try:
            return _json(await self._in_docgen(make, *args))
        except KeyError:
            raise HTTPException(404) from None
        except DocgenError as error:
            return _json({"problems": [{"words": str(one), "file": "", "link": ""} for one in error.problems]})


async def _shell(request: Request) -> Response:
    return _page(_static_file("index.html"), SHELL_POLICY)


async def _frame(request: Request) -> Response:
    """The page that a document is put into: it may run no script."""
    return _page(_EMPTY_PAGE.encode(), DOCUMENT_POLICY)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404)
    return Response(_static_file(name), media_type=_STATIC[name])


def _asked(request: Request) -> tuple[str, Edition]:
    """The document and the edition that are asked for. Raises HTTPException where they are not both told."""
    try:
        return request.query_params["id"], Edition(request.query_params.get("edition", "public"))
    except (KeyError, ValueError):
        raise HTTPException(422) from None


def _number(request: Request, name: str) -> int:
    told = request.query_params.get(name, "0")
    if not (told.isascii() and told.isdigit() and len(told) < 10):
        raise HTTPException(422)
    return int(told)


def _json(told: Answer) -> Response:
    return Response(encode_json(told), media_type="application/json")


def _page(data: bytes, policy: str) -> Response:
    return Response(data, media_type="text/html; charset=utf-8", headers={"content-security-policy": policy})


def _static_file(name: str) -> bytes:
    return files("docgen.studio").joinpath("static", name).read_bytes()
