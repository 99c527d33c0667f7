"""What is to be written: tried on a copy of the project, and taken only where the document made again proves it."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence

from docgen.content.yaml_editor import Edit, SetValue, edit
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import ContentError, DocgenError
from docgen.project import Project
from docgen.pull.companions import companions, drafts_beside
from docgen.pull.draft import Place, Touch, ValueEdit, changes_of
from docgen.pull.found import Change, Outcome
from docgen.pull.moves import ItemOrder
from docgen.pull.proof import Expected, prove
from docgen.pull.rows import ItemAddition
from docgen.pull.splicing import spliced
from docgen.pull.structure import ItemRemoval
from docgen.pull.words import Hunk, applied, merged, normal
from docgen.structs import Struct, replace
from docgen.tree.shown import Part
from docgen.writers.docx.base_text import Base
from docgen.writers.docx.carriers import Line

CONTENT = "content/"
_ESCAPE = re.compile(r"\\([^\w\s])")
_NEAREST = 3
"""How many texts that may have to follow another are tried one more at a time."""
_MEETING = "flere rettelser mødes her; ret det selv i filen"


class Pending(Struct, frozen=True, kw_only=True):
    """What is to be written: where, as which edits of the file, and what it is told as."""

    place: Place
    edit: Edit
    changes: tuple[Change, ...]
    more: tuple[Edit, ...] = ()
    draft: ValueEdit | None = None
    removal: ItemRemoval | None = None
    addition: ItemAddition | None = None
    order: ItemOrder | None = None


class Settling:
    """Writes changes into a project in memory. `sent` is the document as it was sent, `ours` as it is today, and
    `today` what its texts say."""

    def __init__(
        self,
        project: Project,
        document: tuple[DocumentId, Edition],
        sent: Base,
        ours: Base,
        today: Mapping[Place, str],
    ) -> None:
        self._project, self._today = project, today
        self._id, self._edition = document
        self._sent, self._ours = sent, ours
        self.files: dict[str, bytes] = {}
        """The files that become others, by path in the content folder."""

    def settle(self, pending: Sequence[Pending]) -> Iterator[Change]:
        """What became of each change: all are written at once where that is proved, else each that can be."""
        followed, fault = self._try(pending)
        if fault:
            # One after the other, and what cannot be written alone with what must say the same.
            kept: list[Pending] = []
            refused: list[tuple[Pending, str]] = []
            for one in pending:
                _, fault = self._try([*kept, one])
                if not fault:
                    kept.append(one)
                    continue
                if together := self._with_companions(one, kept):
                    kept += together
                    continue
                proved, others = self._by_touch(one, kept, fault)
                kept += proved
                refused += others
            followed, _ = self._try(kept)
            for each, why in refused:
                yield from (replace(one, outcome=Outcome.UNPROVED, note=why) for one in each.changes)
            pending = kept
        written = [change for each in pending for change in each.changes]
        if written:
            written[-1] = replace(written[-1], note="; ".join(filter(None, (written[-1].note, _also(followed)))))
        yield from written

    def _with_companions(self, whole: Pending, kept: Sequence[Pending]) -> list[Pending]:
        """A change of a text with the texts that quote it changed, too, where that is proved."""
        if whole.draft is None or whole.draft.structural or not isinstance(whole.edit, SetValue):
            return []
        file, path = whole.place
        name, text = file.removeprefix(CONTENT), str(whole.edit.value)
        data = self._project.content_files.get(name, b"")
        beside = [_companion((file, other), was, then) for other, was, then in companions(file, data, path, text)]
        was = self._today[whole.place]
        drafts = [_companion((CONTENT + other, path), was, text) for other in drafts_beside(self._project, name, path)]
        ways = [beside[:number] for number in range(1, min(len(beside), _NEAREST) + 1)]
        for others in (*ways, *([beside] if len(beside) > _NEAREST else ()), *([drafts] if drafts else ())):
            if not self._try([*kept, whole, *others])[1]:
                return [whole, *others]
        return []

    def _by_touch(
        self, whole: Pending, kept: Sequence[Pending], fault: str
    ) -> tuple[list[Pending], list[tuple[Pending, str]]]:
        """Of changes of one text that cannot all be written, those that can, one after the other."""
        draft = whole.draft
        is_one = draft is None or draft.structural or not isinstance(whole.edit, SetValue)
        if draft is None or is_one or len(draft.touches) < 2 or len(draft.splices) != len(draft.touches):
            return [], [(whole, fault)]
        best: Pending | None = None
        chosen: list[int] = []
        refused: list[tuple[Pending, str]] = []
        for number in range(len(draft.touches)):
            trial = self._part_of(whole, draft, [*chosen, number])
            if trial is None:
                refused.append((self._told(whole, draft, number), _MEETING))
                continue
            _, why = self._try([*kept, trial])
            if why:
                refused.append((self._told(whole, draft, number), why))
            else:
                best, chosen = trial, [*chosen, number]
        return [best] if best is not None else [], refused

    def _part_of(self, whole: Pending, draft: ValueEdit, numbers: Sequence[int]) -> Pending | None:
        """Some of the changes of one text."""
        theirs = spliced(draft.base, [draft.splices[number] for number in numbers])
        together = None if theirs is None else merged(draft.base, self._today[whole.place], theirs)
        if theirs is None or together is None:
            return None
        touches = [draft.touches[number] for number in numbers]
        part = ValueEdit(place=draft.place, base=draft.base, theirs=theirs, touches=touches)
        changes = tuple(changes_of(part, whole.place))
        return Pending(place=whole.place, edit=SetValue(whole.place[1], together), changes=changes, draft=part)

    def _told(self, whole: Pending, draft: ValueEdit, number: int) -> Pending:
        one = ValueEdit(place=draft.place, base=draft.base, theirs=draft.base, touches=[draft.touches[number]])
        return Pending(place=whole.place, edit=whole.edit, changes=tuple(changes_of(one, whole.place)))

    def _try(self, pending: Sequence[Pending]) -> tuple[tuple[str, ...], str]:
        """What follows from some changes, and why they cannot be written (empty: they are proved)."""
        self.files = {}
        if not pending:
            return (), ""
        files: dict[str, bytes] = {}
        # What is put in, moved and taken out comes last, so that no other path leads elsewhere.
        for one in sorted(pending, key=_turn):
            path = one.place[0].removeprefix(CONTENT)
            try:
                data = files.get(path, self._project.content_files[path])
                files[path] = edit(one.place[0], data, [one.edit, *one.more])
            except (ContentError, KeyError) as error:
                problems = error.problems if isinstance(error, ContentError) else ()
                return (), next((f"{each.message}; {each.hint}" for each in problems), "filen er her ikke")
        changed = replace(self._project, content_files=ChainMap(files, dict(self._project.content_files)))
        try:
            new = Job(changed, self._id, self._edition, draws=False).base
        except KeyError:
            return (), "dokumentet ville ikke være der mere"
        except DocgenError as error:
            first = error.problems[0]
            return (), f"dokumentet kunne ikke laves med rettelsen: {first.message}; {first.hint}"
        proof = prove(_lines(self._sent), _lines(self._ours), _lines(new), _expected(pending, self._ours.lines))
        if proof.faults:
            return (), f"dokumentet ville ikke sige det samme som Word-filen: ”{_short(proof.faults[0])}”"
        self.files = files
        return proof.followed, ""


def _turn(one: Pending) -> tuple[bool, bool, bool]:
    has_gone = one.removal is not None or (one.draft is not None and bool(one.draft.swallowed))
    return has_gone, one.order is not None, one.addition is not None


def _companion(place: Place, before: str, after: str) -> Pending:
    note = "de samme ord står også her, og de skal følges ad"
    told = Change(outcome=Outcome.WRITTEN, before=before, after=after, file=place[0], path=place[1], note=note)
    return Pending(place=place, edit=SetValue(place[1], after), changes=(told,))


def _lines(base: Base) -> list[Line]:
    """The lines of a document without its fingerprint, which is another whatever is changed."""
    return [
        replace(line, text=line.text.replace(base.build, "")) if base.build in line.text else line
        for line in base.lines
    ]


def _expected(pending: Sequence[Pending], ours: Sequence[Line]) -> Expected:
    found = Expected()
    touched: dict[str, tuple[Line, list[Hunk]]] = {}
    for one in pending:
        found.touched.add(one.place)
        if one.draft is not None:
            found.touched.add(one.draft.place)
            for touch in one.draft.touches:
                touched.setdefault(touch.owned.line.key, (touch.owned.line, []))[1].append(touch.hunk)
            found.said |= set(_parts_said(one.draft))
            found.texts |= one.draft.expected
            found.gone |= one.draft.gone
            found.added |= one.draft.added
            found.orders += one.draft.orders
        elif isinstance(one.edit, SetValue) and isinstance(one.edit.value, str):
            found.said.add(_ESCAPE.sub(r"\1", one.edit.value))
        if one.addition is not None:
            found.added.setdefault(one.addition.key, [])[:0] = one.addition.texts
        if one.removal is not None:
            found.gone |= one.removal.keys
        if one.order is not None:
            found.orders += one.order.keys
    for key, (line, changes) in touched.items():
        found.texts.setdefault(key, applied(line.text, changes))
    if any(not (one.draft or one.removal or one.addition or one.order) for one in pending):  # quotations that follow
        for line, changes in touched.values():
            before, after = normal(line.text), normal(applied(line.text, changes))
            whole = [normal(other.text) for other in ours if before and before in normal(other.text)]
            found.said |= {text.replace(before, after) for text in whole}
    return found


def _parts_said(draft: ValueEdit) -> Iterator[str]:
    """What a text says afterwards where it stands among other words, as it does where it stands alone."""
    parts: dict[tuple[str, Part], list[Touch]] = {}
    for touch in draft.touches:
        parts.setdefault((touch.owned.line.key, touch.part), []).append(touch)
    for (_, part), touches in parts.items():
        moved = [Hunk(one.hunk.start - part.start, one.hunk.end - part.start, one.hunk.text) for one in touches]
        yield applied(touches[0].owned.line.text[part.start : part.end], moved)


def _also(followed: Sequence[str]) -> str:
    """What else becomes another with what was written."""
    if not followed:
        return ""
    others = dict.fromkeys(_short(text) for text in followed)
    shown = ", ".join(f"”{text}”" for text in list(others)[:3])
    more = f" og {len(others) - 3} andre steder" if len(others) > 3 else ""
    return f"det ændrer også {shown}{more}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
