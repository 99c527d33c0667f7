"""What is written to the content folder: one field at a time, refused before anything is written where the schema takes
no such value, or no document could show the words.

A file is read again when it is saved. What somebody else wrote in another field meanwhile stays; what they wrote in
the same field is shown, and nothing is written.
"""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from docgen.content.yaml_editor import Edit, edit
from docgen.files import locked, read_file, reason, replace_together
from docgen.problems import ContentError, Origin, OutputError, Problem
from docgen.structs import Struct
from docgen.studio.drafts import Drafts, Typed, with_files
from docgen.studio.forms import NoFieldError, Steps, shown
from docgen.studio.refusing import new_problems, problems, refused, unfit_for_print
from docgen.studio.session import Session

_KEPT = 50
_LOCK = ".docgen/.studie.laas"


class Saved(Struct, frozen=True):
    """What was written: the file as `content/…`, its bytes before and after, and of a field its path and what stood in
    its control before and after."""

    file: str
    before: bytes
    after: bytes
    words: str = ""
    path: Steps = ()
    old: str = ""
    new: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file that are others, each with a minus or a plus before it."""
        old, new = (data.decode("utf-8-sig", "replace").splitlines() for data in (self.before, self.after))
        found = difflib.unified_diff(old, new, n=0, lineterm="")
        return tuple(line for line in list(found)[2:] if not line.startswith("@@"))


class ConflictError(Exception):
    """The same field was changed by somebody else: what stands there now, in its control."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


class NothingToUndoError(Exception):
    """Nothing was saved here that is not undone."""


class Saver:
    """Writes to the folder of a session, and knows the last 50 things that it wrote."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        self._session, self._drafts = session, drafts
        self._done: deque[Saved] = deque(maxlen=_KEPT)
        self._undone: list[Saved] = []

    @property
    def can_undo(self) -> str:
        """What `undo` would take back, in words; empty where it would take back nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def can_redo(self) -> str:
        """As `can_undo`, of what was undone."""
        return self._undone[-1].words if self._undone else ""

    def save(self, typed: Typed) -> Saved | None:
        """Writes what is typed in one field; None where the file says that already.

        Raises ConflictError where the field is another than it was when it was opened, NoFieldError where it is gone,
        and DocgenError where the schema or print refuses it, or the file cannot be written. Nothing is written then.
        """
        saved = self._save(typed)
        if saved is not None:
            self._done.append(saved)
            self._undone.clear()
        return saved

    def change(
        self, file: str, edits: Sequence[Edit], words: str, *, is_whole: bool = False, unfinished: Steps = ()
    ) -> Saved | None:
        """Writes some edits of a file; `words` say what they do. What `is_whole` is refused by the rules and for its
        words, too: a field alone may be right before others are, but not what was filled in together. What is wrong
        with a list at the path `unfinished`, as a whole, is let pass: there is more to come. Raises as `save`, but for
        what is in conflict."""
        inner = self._inner(file)
        with locked(self._folder / _LOCK):
            data = self._read(inner)
            after = edit(file, data, edits)
            for told in (problems, unfit_for_print(())) if is_whole else ():
                found = new_problems(self._session.project, inner, data, after, told)
                if found := [one for one in found if not unfinished or one.origin.path != unfinished]:
                    raise ContentError(found)
            return self.put(file, data, after, words)

    def put(self, file: str, before: bytes, after: bytes, words: str) -> Saved | None:
        """Writes a file's new bytes in place of those that were read. Raises DocgenError as `save`."""
        if before == after:
            return None
        saved = Saved(file, before, after, words)
        self._write(saved)
        self._done.append(saved)
        self._undone.clear()
        return saved

    def note(self, file: str, before: bytes, after: bytes, words: str) -> None:
        """Notes that something else wrote a file here, such as what was brought home from Word: it can be undone."""
        if before != after:
            self._done.append(Saved(file, before, after, words))
            self._undone.clear()

    def undo(self) -> Saved:
        """Takes back what was written last, whatever was written elsewhere in the file since. Raises
        NothingToUndoError, and as `save`."""
        return self._back(self._done, self._undone)

    def redo(self) -> Saved:
        """Writes again what was taken back last. Raises as `undo`."""
        return self._back(self._undone, self._done)

    @property
    def _folder(self) -> Path:
        return self._session.workspace.content

    def _back(self, stack: deque[Saved] | list[Saved], other: deque[Saved] | list[Saved]) -> Saved:
        if not stack:
            raise NothingToUndoError
        last = stack[-1]
        data = self._read(self._inner(last.file))
        if data == last.after:
            back = Saved(last.file, last.after, last.before, last.words, last.path, last.new, last.old)
            self._write(back)
        elif last.path and (found := self._save(Typed(last.file, last.path, last.new, last.old))) is not None:
            back = found
        else:
            hint = "ret stedet selv, eller se ”Før” under det, der er gemt"
            raise OutputError([Problem(Origin(last.file), "filen er ændret siden, så det kan ikke fortrydes", hint)])
        stack.pop()
        other.append(back)
        return back

    def _save(self, typed: Typed) -> Saved | None:
        inner = self._inner(typed.file)
        with locked(self._folder / _LOCK):
            data = self._read(inner)
            spot = self._drafts.spot(typed.file, typed.path, with_files(self._session.project, {inner: data}))
            now = shown(spot.shape, spot.value)
            if now != typed.before and now != typed.text:
                raise ConflictError(now)
            after = self._drafts.changed(typed, data)
            if after == data:
                return None
            words = spot.crumbs[-1][0] if spot.crumbs else ""
            saved = Saved(typed.file, data, after, words, typed.path, typed.before, typed.text)
            self._write(saved, is_typed=True)
        return saved

    def _inner(self, file: str) -> str:
        """A file's path in the content folder. Only what was read can be written, and nothing that is issued."""
        folder, _, inner = file.partition("/")
        is_written = inner.endswith((".yaml", ".yml")) and not inner.startswith(("issued/", "."))
        if folder != "content" or not is_written or inner not in self._session.project.content_files:
            raise NoFieldError(file)
        return inner

    def _read(self, inner: str) -> bytes:
        try:
            return read_file(self._folder / inner)
        except OSError as error:
            shown_reason = f"filen kan ikke læses ({reason(error)})"
            raise OutputError([Problem(Origin(f"content/{inner}"), shown_reason, "tjek, om den er flyttet")]) from None

    def _write(self, saved: Saved, *, is_typed: bool = False) -> None:
        inner = self._inner(saved.file)
        project = self._session.project
        is_shared = project.content_kinds.document_of(inner) is None  # a fault in what all share is in every document
        rules = [problems if is_shared else refused, *([unfit_for_print(saved.path)] if is_typed else [])]
        for told in rules:
            if found := new_problems(project, inner, saved.before, saved.after, told):
                raise ContentError(found)
        path = self._folder / inner
        replace_together([(path, saved.after)], {path: saved.before})
        self._session.workspace.note_written(inner)
