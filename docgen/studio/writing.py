"""The answers to what the page asks for writing: forms, drafts, saves, findings mended and what documents are made of.

Only `docgen studio` has them. Each is a POST with JSON, behind the same guard as all others.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from docgen.content.content import Content
from docgen.kinds.edition import Edition
from docgen.problems import DocgenError
from docgen.structs import encode_json
from docgen.studio import answers
from docgen.studio.answers import Answer
from docgen.studio.catalogue import labels
from docgen.studio.drafts import Drafts, Typed
from docgen.studio.form_answers import Clicked, clicked_answer, form_answer
from docgen.studio.forms import Steps
from docgen.studio.mending import Found, Mender
from docgen.studio.saving import ConflictError, NothingToUndoError, Saved, Saver
from docgen.studio.session import Session
from docgen.studio.structure import Structure
from docgen.studio.unsaved import Unsaved

_MOST_TYPED = 200
_Asked = Mapping[str, Any]


class Writing:
    """What may be asked of a studio that writes. `in_docgen` runs something in docgen's thread, and `changed` looks for
    what was saved and tells it to every page."""

    def __init__(
        self,
        session: Session,
        in_docgen: Callable[..., Awaitable[Any]],
        changed: Callable[[], Awaitable[None]],
        name: str,
    ) -> None:
        self._session, self._in_docgen, self._changed = session, in_docgen, changed
        self._drafts = Drafts(session)
        self._saver = Saver(session, self._drafts)
        self._mender = Mender(session, self._saver)
        self._structure = Structure(session, self._drafts, self._saver)
        self.unsaved = Unsaved(session.workspace.content, name)

    def routes(self) -> list[Route]:
        """The addresses of what may be asked."""
        looks = {"field": self._field, "draft": self._draft, "discard": self._discard, "unsaved": self._unsaved}
        writes = {
            "save": self._save,
            "undo": self._undo,
            "redo": self._redo,
            "fix": self._fix,
            "fix-all": self._fix_all,
            "allow": self._allow,
            "structure": self._change_structure,
            "new": self._new,
        }
        looks["kinds"] = self._kinds
        return [
            *(
                Route(f"/{name}", self._endpoint(answer, writes=False), methods=["POST"])
                for name, answer in looks.items()
            ),
            *(
                Route(f"/{name}", self._endpoint(answer, writes=True), methods=["POST"])
                for name, answer in writes.items()
            ),
        ]

    def _endpoint(
        self, answer: Callable[[_Asked], Answer], *, writes: bool
    ) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            try:
                asked = json.loads(await request.body())
                if not isinstance(asked, dict):
                    raise TypeError(asked)
            except (ValueError, TypeError, RecursionError):
                raise HTTPException(422) from None
            try:
                told = await self._in_docgen(answer, asked)
            except KeyError:  # what there is not, or not any more
                raise HTTPException(404) from None
            except (TypeError, ValueError, AttributeError):
                raise HTTPException(422) from None
            except DocgenError as error:
                found = self._session.named(error.problems)
                told = {"problems": [answers.problem_answer(self._session, one) for one in found]}
            if writes and "problems" not in told and "conflict" not in told:
                await self._changed()
            return Response(encode_json(told), media_type="application/json")

        return respond

    # -- looking ---------------------------------------------------------------------------------------------------

    def _field(self, asked: _Asked) -> Answer:
        if "file" in asked:
            spot = self._drafts.spot(_text(asked, "file"), _steps(asked))
            return form_answer(self._session, self._drafts, spot)
        view = self._drafts.shown(_text(asked, "id"), Edition(asked.get("edition", "public")), _text(asked, "print"))
        at = Clicked(
            _whole(asked, "mark"),
            _text(asked, "word", "")[:200],
            _text(asked, "before", "")[-200:],
            _whole(asked, "inside", 0),
        )
        return clicked_answer(self._session, self._drafts, view, at)

    def _draft(self, asked: _Asked) -> Answer:
        typed = _typed_list(asked)
        view = self._drafts.view(_text(asked, "id"), Edition(asked.get("edition", "public")), typed)
        self.unsaved.note(typed)
        return answers.document_answer(self._session, view)

    def _discard(self, asked: _Asked) -> Answer:
        self.unsaved.forget(_text(asked, "file"), _steps(asked))
        return {}

    def _unsaved(self, asked: _Asked) -> Answer:
        found = []
        for one in self.unsaved.texts:
            try:
                spot = self._drafts.spot(one.file, one.path)
                words = " › ".join(form_words for form_words, _ in spot.crumbs)
            except (KeyError, DocgenError):
                words = one.file
            told = {"file": one.file, "path": list(one.path), "before": one.before, "text": one.text, "words": words}
            document = self._session.project.content_kinds.document_of(one.file.partition("/")[2])
            found.append({**told, "document": str(document or "")})
        return {"unsaved": found, "undo": self._saver.can_undo, "redo": self._saver.can_redo}

    def _kinds(self, asked: _Asked) -> Answer:
        project = self._session.project
        called = labels(project.kinds)
        found = []
        for name, kind in project.kinds.items():
            if kind.skeleton is None:
                continue
            given = kind.skeleton.variants
            content: Content = project.content
            variants = dict(given(content)) if given is not None else {}
            told = {"kind": name, "words": called[name], "example": kind.skeleton.example, "help": kind.skeleton.help}
            found.append({**told, "variants": [{"value": key, "words": words} for key, words in variants.items()]})
        return {"kinds": found}

    # -- writing ---------------------------------------------------------------------------------------------------

    def _save(self, asked: _Asked) -> Answer:
        typed = _typed(asked)
        try:
            saved = self._saver.save(typed)
        except ConflictError as conflict:
            return {"conflict": {"before": typed.before, "theirs": conflict.theirs, "mine": typed.text}}
        self.unsaved.forget(typed.file, typed.path)
        return self._told(saved)

    def _undo(self, asked: _Asked) -> Answer:
        return self._turned(self._saver.undo)

    def _redo(self, asked: _Asked) -> Answer:
        return self._turned(self._saver.redo)

    def _turned(self, turn: Callable[[], Saved]) -> Answer:
        try:
            return self._told(turn())
        except NothingToUndoError:
            return {"nothing": True}
        except ConflictError as conflict:
            return {"conflict": {"before": "", "theirs": conflict.theirs, "mine": ""}}

    def _fix(self, asked: _Asked) -> Answer:
        if "words" in asked:
            return self._told(self._mender.choose(_found(asked), _text(asked, "words")))
        return self._told(self._mender.fix(_found(asked)))

    def _fix_all(self, asked: _Asked) -> Answer:
        done = self._mender.fix_all(_text(asked, "id"))
        return {**self._told(done[-1] if done else None), "count": len(done)}

    def _allow(self, asked: _Asked) -> Answer:
        return self._told(self._mender.allow(_found(asked), _text(asked, "reason")))

    def _change_structure(self, asked: _Asked) -> Answer:
        file, path = _text(asked, "file"), _steps(asked)
        match asked.get("do"):
            case "add":
                given = asked.get("answers", {})
                answered = {str(name): str(words) for name, words in dict(given).items()}
                changed = self._structure.add(file, path, answered)
            case "remove":
                changed = self._structure.remove(file, path)
            case "move":
                changed = self._structure.move(file, path, _whole(asked, "position"))
            case _:
                raise ValueError
        return {**self._told(changed.saved), "path": list(changed.path), "file": file}

    def _new(self, asked: _Asked) -> Answer:
        id = self._structure.begin(_text(asked, "kind"), _text(asked, "name"), _text(asked, "variant", ""))
        return {"id": str(id)}

    def _told(self, saved: Saved | None) -> Answer:
        turns = {"undo": self._saver.can_undo, "redo": self._saver.can_redo}
        if saved is None:
            return {"saved": False, **turns}
        return {"saved": True, "words": saved.words, "lines": list(saved.lines)[:40], **turns}


# -- what is asked -----------------------------------------------------------------------------------------------------


def _text(asked: _Asked, name: str, otherwise: str | None = None) -> str:
    found = asked.get(name, otherwise)
    if not isinstance(found, str):
        raise TypeError(name)
    found.encode()  # half a character (a lone surrogate) is no text
    return found


def _whole(asked: _Asked, name: str, otherwise: int | None = None) -> int:
    found = asked.get(name, otherwise)
    if type(found) is not int:
        raise TypeError(name)
    return found


def _steps(asked: _Asked) -> Steps:
    found = asked.get("path")
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found) or len(found) > 50:
        raise TypeError("path")
    return tuple(found)


def _typed(asked: _Asked) -> Typed:
    return Typed(_text(asked, "file"), _steps(asked), _text(asked, "before"), _text(asked, "text"))


def _typed_list(asked: _Asked) -> Sequence[Typed]:
    found = asked.get("typed")
    if not isinstance(found, list) or len(found) > _MOST_TYPED:
        raise TypeError("typed")
    return [_typed(one) for one in found]


def _found(asked: _Asked) -> Found:
    return Found(
        _text(asked, "id"), _text(asked, "file"), _whole(asked, "line"), _whole(asked, "column"), _text(asked, "code")
    )
