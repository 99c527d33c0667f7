"""What is closed is in no byte of the public edition: every field of every type, also one that is added tomorrow.

HOUSE §4, 8. The content is made from the models themselves: each field gets a word that stands nowhere else, so that
whatever is found in an output can be told by its place. A model's new field is tried by giving one to every type of
case and meeting, in a copy of the package.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import pytest

from docgen.content.fields import Conversion, FieldType, Model, fields_of
from tests.support import plain_yaml
from tests.support.contents import ROOT, SVG
from tests.support.foreign_pdfs import text_pdf
from tests.support.house import (
    CASE,
    CONTENT_TYPES,
    MEETING,
    NOW,
    ORGANISATION,
    SETTINGS,
    Change,
    bytes_inside,
    changed,
    content,
    docgen,
    project,
)

CASE_TYPE, MEETING_TYPE, NOTE_TYPE = CONTENT_TYPES["case"], CONTENT_TYPES["meeting"], CONTENT_TYPES["hearing-note"]
NEW = "proeve"
"""The field that every type is given."""

PUBLIC = {
    "CaseFile": {"kind", "version", "status", "date", "administrations", "case_number", "document_number", "closed"}
    | {"public_title", "treatments"},
    "Treatment": {"body", "role", "date", "reading", "written", "written_from", "written_until", "by"},
    "Point": {"closed"},
    "Decision": {"closed"},
    "MinuteStatement": {"closed"},
    "CaseSection": {"id", "closed"},
    "Annex": {"closed"},
    "AgendaItem": {"closed", "public_title"},
    "Closed": {"reason"},
}
"""All that may be seen of something closed, by its type: number, date, committee, a harmless title, and why
(DOMAIN 4.4). What is said of no type is seen of none."""

INTERNAL = {("CaseFile", "case_officer"), ("HearingAnswer", "who")}
"""What the public never sees, closed or not (DOMAIN 4.3)."""

Step = tuple[str, str]  # a type and one of its keys
_OMIT = object()


class Word(NamedTuple):
    """A word of the content: the fields that lead to it, and from which of these on it is in something closed."""

    steps: tuple[Step, ...]
    closed_from: int | None

    @property
    def owner(self) -> str:
        """The type of the outermost closed thing that it is in, or of the document."""
        return self.steps[self.closed_from or 0][0]

    @property
    def is_secret(self) -> bool:
        closed = self.steps[self.closed_from :] if self.closed_from is not None else ()
        return any(key not in PUBLIC.get(kind, ()) for kind, key in closed) or self.steps[-1] in INTERNAL

    def __str__(self) -> str:
        return ".".join(key for _, key in self.steps)


class Filler:
    """Fills every field of a type; `words` has what was written by the word. `given` is for fields that a rule binds,
    by `Type.key`, and `new` a field that every type has besides."""

    def __init__(self, given: dict[str, Any], new: str = "", words: dict[str, Word] | None = None) -> None:
        self.given, self.new = given, new
        self.words: dict[str, Word] = {} if words is None else words
        self.first: dict[str, str] = {}
        """The first word of each field, for a field that must have the same."""

    def model(self, kind: type[Model], steps: tuple[Step, ...] = (), closed_from: int | None = None) -> dict[str, Any]:
        name = kind.__name__
        if closed_from is None and "closed" in fields_of(kind) and self.given.get(f"{name}.closed") is not _OMIT:
            closed_from = len(steps)
        filled = {}
        for key, field in fields_of(kind).items():
            inner = (*steps, (name, key))
            value = self.given.get(f"{name}.{key}")
            value = value(self.first) if callable(value) else value
            if value is None and inner.count((name, key)) < 2:  # at-points have at-points, not for ever
                value = self.value(field.type, inner, closed_from)
            if value not in (None, _OMIT):
                filled[key] = value
        if self.new:
            filled[self.new] = self.checked(
                Conversion(str, {"type": "string"}), (*steps, (name, self.new)), closed_from
            )
        return filled

    def value(self, kind: Any, steps: tuple[Step, ...], closed_from: int | None) -> Any:
        """A value of a type, as it stands in YAML."""
        origin, arguments = get_origin(kind), get_args(kind)
        if isinstance(kind, type) and issubclass(kind, Model):
            return self.model(kind, steps, closed_from)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return next(iter(kind)).value
        if origin is Annotated and isinstance(arguments[1], Conversion):
            return self.checked(arguments[1], steps, closed_from)
        if origin is Annotated:
            return self.value(arguments[0], steps, closed_from)
        if origin is Literal:
            return arguments[0]
        if origin is tuple:
            found = self.value(arguments[0], steps, closed_from)
            return [found] if found else None
        if origin in (Union, UnionType):
            return self.value(next(one for one in arguments if one is not NoneType), steps, closed_from)
        if kind is bool:
            return True
        raise AssertionError(f"{steps[-1]}: no way to fill {kind}; give it a value")

    def checked(self, check: Conversion, steps: tuple[Step, ...], closed_from: int | None) -> Any:
        """A word where the type takes one; else a number of a case, a date, or something that tells nothing."""
        number = 9_000_000 + len(self.words)
        if check.schema.get("type", "string") != "string":
            return 1
        if check.schema.get("format") == "date":
            return DAY
        pattern = check.schema.get("pattern", ".*")
        name = ".".join(steps[-1])
        for word in (FORMS.get(name, "zq{}qz").format(number), f"2026-{number}", f"2026-{number}-1"):
            if re.fullmatch(pattern, word):
                self.words[word] = Word(steps, closed_from)
                self.first.setdefault(name, word)
                return word
        return next(plain for plain in ("1.0", "17:30") if re.fullmatch(pattern, plain))


# -- content with a word in every field ---------------------------------------------------------------------------

DAY = "2026-02-03"
GIVEN: dict[str, Any] = {
    "CaseFile.kind": "decision",
    "CaseFile.status": "til behandling",
    "CaseFile.administrations": ["skole"],
    "CaseFile.kle": "85.02.02",
    "CaseFile.moved_by": _OMIT,
    "PointGroup.by": ["skole"],
    "PointGroup.to": ["udvalg"],
    "PointGroup.lead_in": "decides",
    "ChosenGroup.by": ["skole"],
    "ChosenGroup.to": ["udvalg"],
    "ChosenGroup.lead_in": "decides",
    "ChosenPoint.id": lambda first: first["Point.id"],
    "Condition.stock": _OMIT,
    "Condition.of": ["udvalg"],
    "Treatment.by": ["skole"],
    "Amendment.id": "forslag",
    "Amendment.kind": "amendment",
    "Amendment.points": lambda first: [first["Point.id"]],
    "Amendment.changes": _OMIT,
    "Amendment.body": _OMIT,
    "Amendment.repeats": _OMIT,
    "Outcome.points": _OMIT,
    "Outcome.amendment": "forslag",
    "Outcome.verb": "vedtaget",
    "Outcome.votes_for": 4,
    "Outcome.votes_against": 2,
    "MinuteStatement.carries": _OMIT,
    "CaseSection.id": "solution",
    "Treatment.body": "udvalg",
    "Outcome.point": _OMIT,
    "Outcome.how": "vote",
    "Annex.document": _OMIT,
    "Annex.compare": _OMIT,
    "Annex.version": _OMIT,
    "MeetingFile.committee": "udvalg",
    "MeetingFile.status": "til behandling",
    "MeetingFile.sent": "2026-01-28",
    "MeetingFile.late_reason": _OMIT,
    "MeetingFile.until": _OMIT,
    "MeetingFile.until_time": _OMIT,
    "MeetingFile.written": _OMIT,
    "MeetingFile.postponed_from": "2026-01-27",
    "MeetingFile.together": _OMIT,
    "Supplement.after": _OMIT,
    "Supplement.as": _OMIT,
    "Supplement.outside": _OMIT,
    "AgendaItem.case": _OMIT,
    "AgendaItem.kind": "briefing",
    "AgendaItem.cancelled": _OMIT,
    "Attendance.what": "substitute",
    "Attendance.item": _OMIT,
    "Minutes.all_present": _OMIT,
    "Minutes.status": "til behandling",
    "HearingNoteFile.status": "til behandling",
    "HearingNoteFile.about": "case/aaben",
    "Revision.version": "1.0",
}
"""What a rule binds: an id of something else, a choice, a date beside another."""

FORMS = {"CaseFile.case_number": "2026-{}", "CaseFile.document_number": "2026-{}-1"}
"""How the profile has numbers of cases written."""

PROBLEM = "    - {id: problem, heading: Problemstilling, required: true}\n"


def filled_content(new: str = "") -> tuple[dict[str, bytes], dict[str, Word]]:
    """A closed case, an open one with a closed passage and annex, a meeting with both and with closed items of its own,
    and a hearing note, each with a word in every field; and what a word is of."""
    files = changed(content(), (SETTINGS, PROBLEM, ""), (NOW, "skole\n", "skole\n    cases: [lukket, aaben]\n"))
    files = {path: data for path, data in files.items() if not path.startswith(("cases/", "meetings/"))}
    closed = Filler(GIVEN, new)
    opened = Filler({**GIVEN, "CaseFile.closed": _OMIT}, new, closed.words)
    meeting = closed.model(MEETING_TYPE)
    meeting["items"] = [{"id": "aaben", "case": "aaben"}, *meeting["items"], {"id": "lukket", "case": "lukket"}]
    written = {
        "cases/lukket.yaml": closed.model(CASE_TYPE),
        "cases/aaben.yaml": opened.model(CASE_TYPE),
        f"meetings/{DAY}-udvalg.yaml": meeting,
        "hearings/hoering.yaml": Filler(GIVEN, new, closed.words).model(NOTE_TYPE),
    }
    files |= {path: plain_yaml.write(value).encode() for path, value in written.items()}
    for word, of in list(closed.words.items()):
        if of.steps[-1] == ("Annex", "file"):
            inside = f"zq{9_000_000 + len(closed.words)}qz"
            closed.words[inside] = of
            files[f"annexes/{word}"] = text_pdf(f"Der stod {inside} i bilaget.")
    return files, closed.words


BUILD = (
    "build",
    "case",
    "meeting",
    "hearing-note",
    "follow-up/2024",
    "--with-annexes",
    *(f"--format={name}" for name in ("pdf", "docx", "html", "tree")),
)


Found = dict[str, list[str]]
"""Words with the outputs that they are in."""


def found_in(folder: Path, words: dict[str, Word]) -> Found:
    """The words of the content that are in some byte of what was built."""
    found: Found = {}
    outputs = sorted(path for path in (folder / "build").rglob("*") if path.is_file() and path.name[0] != ".")
    assert len(outputs) > 20
    for path in outputs:
        data = bytes_inside(path).decode("utf-8", "replace")
        for word in set(re.findall(r"zq\d{7}qz|2026-9\d{6}(?:-1)?", data)) & words.keys():
            found.setdefault(word, []).append(path.relative_to(folder / "build").as_posix())
    return found


def fields_in(found: Found, words: dict[str, Word], secret: bool) -> Found:
    """The same of some words by their fields: of those that are secret, or of those that are not."""
    chosen = {word: outputs for word, outputs in found.items() if word in words and words[word].is_secret is secret}
    return {str(words[word]): outputs for word, outputs in chosen.items()}


# -- the fields that there are ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_no_field_of_what_is_closed_is_in_any_byte_of_the_public_edition(tmp_path: Path) -> None:
    files, words = filled_content()
    folder = project(tmp_path, files)
    built = docgen(folder, *BUILD)
    assert built.exit_code == 0, built.stderr
    assert sum(word.is_secret for word in words.values()) > 30
    found = found_in(folder, words)
    assert fields_in(found, words, secret=True) == {}
    assert {"public_title", "case_number", "items.closed.reason"} <= fields_in(found, words, secret=False).keys()


@pytest.mark.slow
def test_every_word_is_in_the_internal_edition(tmp_path: Path) -> None:
    """So that the test above would find them."""
    files, words = filled_content()
    folder = project(tmp_path, files)
    assert docgen(folder, *BUILD, "--edition", "internal").exit_code == 0
    assert {str(words[word]) for word in words.keys() - found_in(folder, words).keys()} == set()


# -- a field that is added ----------------------------------------------------------------------------------------


def types_of(kind: type[Model]) -> Iterator[type[Model]]:
    """A type and all that its fields lead to, each once."""
    found: list[type[Model]] = [kind]
    for one in found:
        yield one
        for field in fields_of(one).values():
            found += [inner for inner in _models(field.type) if inner not in found]


def _models(kind: Any) -> Iterator[type[Model]]:
    if isinstance(kind, type) and issubclass(kind, Model):
        yield kind
    for inner in get_args(kind):
        yield from _models(inner)


def with_new_fields(folder: Path) -> Path:
    """A copy of the package in which every type of these kinds has one more field, of which nothing is said."""
    shutil.copytree(ROOT / "docgen", folder / "docgen", ignore=shutil.ignore_patterns("__pycache__"))
    for kind in dict.fromkeys((*types_of(CASE_TYPE), *types_of(MEETING_TYPE), *types_of(NOTE_TYPE))):
        path = folder / Path(inspect.getsourcefile(kind) or "").relative_to(ROOT)
        source = path.read_text("utf-8")
        (written,) = (
            node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == kind.__name__
        )
        lines = source.split("\n")
        after = written.body[0].end_lineno or 0  # its docstring
        lines.insert(after, f'    {NEW}: Text | None = Field(default=None, description="En prøve")')
        path.write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def built_with_new_fields(tmp_path_factory: pytest.TempPathFactory) -> tuple[Found, dict[str, Word]]:
    """What a docgen whose types have a new field makes of content in which it is everywhere filled in."""
    package = with_new_fields(tmp_path_factory.mktemp("pakke"))
    files, words = filled_content(NEW)
    folder = project(tmp_path_factory.mktemp("projekt"), files)
    command = (sys.executable, "-m", "docgen", *BUILD)
    environment = {**os.environ, "PYTHONPATH": str(package)}
    built = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stderr
    return found_in(folder, words), {word: of for word, of in words.items() if of.steps[-1][1] == NEW}


@pytest.mark.slow
@pytest.mark.parametrize("owner", ["CaseFile", "CaseSection", "Annex", "AgendaItem"])
def test_a_new_field_of_something_closed_is_not_public(
    owner: str, built_with_new_fields: tuple[Found, dict[str, Word]]
) -> None:
    found, words = built_with_new_fields
    own = {word: of for word, of in words.items() if of.closed_from is not None and of.owner == owner}
    assert own
    assert fields_in(found, own, secret=True) == {}


@pytest.mark.slow
@pytest.mark.parametrize("document", ["CaseFile", "MeetingFile", "HearingNoteFile"])
def test_a_new_field_is_not_public_until_it_is_said_to_be(
    document: str, built_with_new_fields: tuple[Found, dict[str, Word]]
) -> None:
    """Also where nothing is closed: who handles a case is internal in every one (DOMAIN 4.3)."""
    found, words = built_with_new_fields
    own = {word: of for word, of in words.items() if of.closed_from is None and of.owner == document}
    assert own
    assert fields_in(found, own, secret=False) == {}


# -- who may see a field ------------------------------------------------------------------------------------------

ALWAYS, INSIDE = "always", "internal"


def seen(field: FieldType) -> str | None:
    """Who a field says that it is for: everybody, everybody unless it is closed, or those inside; None: unsaid."""
    found = getattr(field, "seen", None)
    return None if found is None else str(found)


def unsaid(kind: type[Model]) -> list[str]:
    return [
        f"{one.__name__}.{key}"
        for one in types_of(kind)
        for key, field in fields_of(one).items()
        if seen(field) is None
    ]


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_every_field_says_who_may_see_it(kind: str) -> None:
    assert unsaid(CONTENT_TYPES[kind]) == []


def test_what_fields_say_is_what_the_law_allows() -> None:
    for one in dict.fromkeys((*types_of(CASE_TYPE), *types_of(MEETING_TYPE))):
        said = {key: seen(field) for key, field in fields_of(one).items()}
        name = one.__name__
        assert {key for key, who in said.items() if who == INSIDE} == {key for kind, key in INTERNAL if kind == name}
        if name in PUBLIC:
            assert {key for key, who in said.items() if who == ALWAYS} == PUBLIC[name]


# -- what else is closed, or is nobody's to read ------------------------------------------------------------------

SECRET = "zqhemmeligqz"
MAP = {"images/hemmelig.svg": SVG.replace(b"<rect", f"<rect id='{SECRET}'".encode())}
CLOSED_CASE = (CASE, "kind: decision", "closed: {reason: styrelseslovens § 10}\nkind: decision")
SHOWS = 'text: "![Et kort](images/hemmelig.svg)"'
ELSEWHERE: dict[str, tuple[dict[str, bytes], *tuple[Change, ...]]] = {
    "et billede i en lukket sag": (MAP, CLOSED_CASE, (CASE, "text: Løsningen.", SHOWS)),
    "et billede i en lukket passage": (MAP, (CASE, "text: Løsningen.", f"{SHOWS}, closed: {{reason: en prøve}}")),
    "et billede, som intet viser": (MAP,),
    "en bemærkning i mødets fil om en lukket sag": (
        {},
        CLOSED_CASE,
        (MEETING, "case: sag}", f"case: sag}}  # {SECRET}"),
    ),
    "en note, der ikke trykkes": ({}, (ORGANISATION, "name: Udvalget,", f"name: Udvalget, note: {SECRET},")),
}


def public_outputs_with_it(folder: Path) -> list[str]:
    """The documents that have the secret in them, of those that are about what is closed and one that is not."""
    documents = ("policy", "case", "meeting")
    built = docgen(folder, "build", *documents, "--format", "pdf", "--with-annexes")
    assert built.exit_code == 0, built.stderr
    outputs = [folder / line for line in built.stdout.split()]
    assert len(outputs) >= 5
    return [path.relative_to(folder / "build").as_posix() for path in outputs if SECRET.encode() in bytes_inside(path)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_a_document_does_not_show_is_not_in_its_public_source(name: str, tmp_path: Path) -> None:
    more, *changes = ELSEWHERE[name]
    folder = project(tmp_path, {**changed(content(), *changes), **more})
    assert public_outputs_with_it(folder) == []


@pytest.mark.slow
def test_a_remark_in_a_closed_case_is_not_in_the_public_edition(tmp_path: Path) -> None:
    folder = project(tmp_path, changed(content(), CLOSED_CASE, (CASE, "title:", f"# {SECRET}\ntitle:")))
    assert public_outputs_with_it(folder) == []


@pytest.mark.slow
def test_a_picture_that_is_shown_to_all_is_there(tmp_path: Path) -> None:
    """So that the tests above would find it."""
    folder = project(tmp_path, {**changed(content(), (CASE, "text: Løsningen.", SHOWS)), **MAP})
    assert "case/sag.pdf" in public_outputs_with_it(folder)
