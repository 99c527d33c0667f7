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
from docgen.studio.deciding import VOTES, Decided, Deciding
from docgen.studio.drafts import Drafts, Typed
from docgen.studio.figures import Figures
from docgen.studio.form_answers import Clicked, clicked_answer, form_answer
from docgen.studio.forms import Steps, shown
from docgen.studio.mending import Found, Mender
from docgen.studio.saving import ConflictError, NothingToUndoError, Saved, Saver
from docgen.studio.session import Session, View
from docgen.studio.structure import Structure
from docgen.studio.unsaved import Unsaved
from docgen.studio.usage import Usage

_MOST_TYPED = 200
_COUNTED_SECONDS = 0.04  # at a time, so that what is typed is never long behind
_Asked = Mapping[str, Any]
_Route = tuple[str, Callable[[_Asked], Answer], Callable[[], Awaitable[None]] | None]


Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(
    session: Session,
    in_docgen: Callable[..., Awaitable[Any]],
    changed: Callable[[], Awaitable[None]] | None,
    answer: Callable[[_Asked], Answer],
) -> Endpoint:
    """What answers a POST with JSON: with what `answer` makes in docgen's thread, or with what is wrong. `changed` is
    called after what may have written something."""

    async def respond(request: Request) -> Response:
        try:
            asked = json.loads(await request.body())
            if not isinstance(asked, dict):
                raise TypeError(asked)
        except (ValueError, TypeError, RecursionError):
            raise HTTPException(422) from None
        try:
            told = await in_docgen(answer, asked)
        except KeyError:  # what there is not, or not any more
            raise HTTPException(404) from None
        except (TypeError, ValueError, AttributeError):
            raise HTTPException(422) from None
        except DocgenError as error:
            told = {"problems": [answers.problem_answer(session, one) for one in session.named(error.problems)]}
        if changed is not None and "problems" not in told and "conflict" not in told:
            await changed()
        return Response(encode_json(told), media_type="application/json")

    return respond


class Writing:
    """What may be asked of a studio that writes. `in_docgen` runs something in docgen's thread, `changed` looks for
    what was saved and tells it to every page, and `figures` keeps the pictures of what is shown."""

    def __init__(
        self,
        session: Session,
        in_docgen: Callable[..., Awaitable[Any]],
        changed: Callable[[], Awaitable[None]],
        figures: Figures,
        name: str,
    ) -> None:
        self._figures = figures
        self._session, self._in_docgen, self._changed = session, in_docgen, changed
        self._drafts = Drafts(session)
        self.saver = self._saver = Saver(session, self._drafts)
        self._mender = Mender(session, self._saver)
        self._structure = Structure(session, self._drafts, self._saver)
        self._deciding = Deciding(session, self._drafts, self._saver)
        self._usage = Usage(session, self._drafts)
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
            "decide": self._decide,
        }
        looks |= {"kinds": self._kinds, "decisions": self._decisions, "used": self._used, "review": self._review}
        found: list[_Route] = [(name, answer, None) for name, answer in looks.items()]
        found += [(name, answer, self._changed) for name, answer in writes.items()]
        return [
            Route(f"/{name}", endpoint(self._session, self._in_docgen, changed, answer), methods=["POST"])
            for name, answer, changed in found
        ]

    # -- looking ---------------------------------------------------------------------------------------------------

    def _field(self, asked: _Asked) -> Answer:
        if "file" in asked:
            spot = self._drafts.spot(text_of(asked, "file"), _steps(asked))
            return form_answer(self._session, self._drafts, spot)
        view = self._drafts.shown(
            text_of(asked, "id"), Edition(asked.get("edition", "public")), text_of(asked, "print")
        )
        at = Clicked(
            _whole(asked, "mark"),
            text_of(asked, "word", "")[:200],
            text_of(asked, "before", "")[-200:],
            _whole(asked, "inside", 0),
        )
        return clicked_answer(self._session, self._drafts, view, at)

    def shown(self, id: str, edition: Edition, print_: str) -> View:
        """What a page shows of a document, typed or saved. Raises KeyError where it shows another by now."""
        return self._drafts.shown(id, edition, print_)

    def _used(self, asked: _Asked) -> Answer:
        start = _whole(asked, "from", 0)
        part = self._usage.count(text_of(asked, "file"), _steps(asked), max(0, start), _COUNTED_SECONDS)
        documents = [str(id) for id in part.documents]
        return {"documents": documents, "next": part.next, "of": part.of, "known": part.is_known}

    def _review(self, asked: _Asked) -> Answer:
        return answers.review_answer(self._session, self._session.view(text_of(asked, "id"), Edition.PUBLIC))

    def _draft(self, asked: _Asked) -> Answer:
        typed = _typed_list(asked)
        view = self._drafts.view(text_of(asked, "id"), Edition(asked.get("edition", "public")), typed)
        self.unsaved.note(typed, _sent(asked))
        return answers.document_answer(self._session, view, self._figures)

    def _discard(self, asked: _Asked) -> Answer:
        self.unsaved.forget(text_of(asked, "file"), _steps(asked), _sent(asked))
        return {}

    def _unsaved(self, asked: _Asked) -> Answer:
        found = []
        for one in self.unsaved.texts:
            try:
                spot = self._drafts.spot(one.file, one.path)
                if shown(spot.shape, spot.value) == one.text:  # a draft that came after its save
                    self.unsaved.forget(one.file, one.path)
                    continue
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
        self.unsaved.forget(typed.file, typed.path, _sent(asked))
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
            return self._told(self._mender.choose(_found(asked), text_of(asked, "words")))
        return self._told(self._mender.fix(_found(asked)))

    def _fix_all(self, asked: _Asked) -> Answer:
        done = self._mender.fix_all(text_of(asked, "id"))
        return {**self._told(done[-1] if done else None), "count": len(done)}

    def _allow(self, asked: _Asked) -> Answer:
        return self._told(self._mender.allow(_found(asked), text_of(asked, "reason")))

    def _change_structure(self, asked: _Asked) -> Answer:
        file, path = text_of(asked, "file"), _steps(asked)
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
        id = self._structure.begin(text_of(asked, "kind"), text_of(asked, "name"), text_of(asked, "variant", ""))
        return {"id": str(id)}

    def _decisions(self, asked: _Asked) -> Answer:
        return self._deciding.form(text_of(asked, "file"))

    def _decide(self, asked: _Asked) -> Answer:
        given = dict(asked.get("parties", {}))
        parties = {vote: tuple(map(str, given.get(vote, ()))) for vote in VOTES}
        point, verb, how, detail = (text_of(asked, name, "") for name in ("point", "verb", "how", "detail"))
        tallies = dict(asked.get("votes", {}))
        votes = {vote: int(words) for vote in VOTES if (words := str(tallies.get(vote, "")).strip())}
        decided = Decided(point, verb, how, detail, parties, votes)
        file, path = text_of(asked, "file"), _steps(asked)
        saved = self._deciding.decide(file, path, decided)
        return {**self._told(saved), "left": self._deciding.left(file, path, saved) if saved is not None else ""}

    def _told(self, saved: Saved | None) -> Answer:
        turns = {"undo": self._saver.can_undo, "redo": self._saver.can_redo}
        if saved is None:
            return {"saved": False, **turns}
        return {"saved": True, "words": saved.words, "lines": list(saved.lines)[:40], **turns}


# -- what is asked -----------------------------------------------------------------------------------------------------


def text_of(asked: _Asked, name: str, otherwise: str | None = None) -> str:
    """A text that was sent. Raises TypeError where there is none, UnicodeError for half a character."""
    found = asked.get(name, otherwise)
    if not isinstance(found, str):
        raise TypeError(name)
    found.encode()
    return found


def _sent(asked: _Asked) -> float:
    """When the page sent something, by its own clock; 1 where it does not say."""
    found = asked.get("at", 1)
    return float(found) if isinstance(found, int | float) else 0.0


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
    return Typed(text_of(asked, "file"), _steps(asked), text_of(asked, "before"), text_of(asked, "text"))


def _typed_list(asked: _Asked) -> Sequence[Typed]:
    found = asked.get("typed")
    if not isinstance(found, list) or len(found) > _MOST_TYPED:
        raise TypeError("typed")
    return [_typed(one) for one in found]


def _found(asked: _Asked) -> Found:
    return Found(
        text_of(asked, "id"),
        text_of(asked, "file"),
        _whole(asked, "line"),
        _whole(asked, "column"),
        text_of(asked, "code"),
    )
