"""Formats of a project's folders, and the steps that bring one from any earlier format to today's.

`settings.yaml` says `format: N`; without, it is 1. A step takes both folders as `{path: bytes}` (`content/…`,
`templates/…`) and gives back the files that it changes. Content is changed by the YAML editor alone, so that every
comment stays. The same steps run in memory on the source that an issued file carries.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping

from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct

FORMAT = 2
"""The format that docgen reads and writes."""
SETTINGS = "content/settings.yaml"

_FORMAT = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:"
    rb"format[ \t]*:[ \t]*([0-9]{1,6})[ \t]*(?:#.*)?\r?$"
    rb"|\{\s*\"format\"\s*:\s*([0-9]{1,6})\s*[,}])",
    re.MULTILINE,
)
"""As a person writes it, or first in JSON, as a document's own source has it."""

Files = Mapping[str, bytes]
"""Both folders, by path: `content/…` and `templates/…`."""


class Step(Struct, frozen=True):
    """A step to the format `to` from the one before: what it does, in Danish, and the files that it changes."""

    to: int
    what: str
    change: Callable[[Files], Files]


class Migration(Struct, frozen=True):
    """What a migration comes to: the files that change, the steps that were taken, and the templates that the project
    has made its own, so that a person must compare them with today's."""

    changed: Files
    steps: tuple[Step, ...]
    own_templates: tuple[str, ...] = ()


def _says_its_format(files: Files) -> Files:
    from docgen.content.yaml_editor import AddField, edit  # what only reads needs none of it

    changed = edit(SETTINGS, files[SETTINGS], [AddField((), "format", 2, position=0)])
    return {SETTINGS: changed}


STEPS = (Step(2, "settings.yaml siger selv, hvilket format indholdet har", _says_its_format),)
"""In order. A later change of content, templates or theme adds one here, and a frozen project to the tests."""


def format_of(settings: bytes) -> int:
    """The format that a settings.yaml says; 1 where it says none."""
    found = _FORMAT.search(settings)
    return int(found[1] or found[2]) if found else 1


def check_format(settings: bytes, place: str) -> Problem | None:
    """A Problem where a folder is of another format than docgen's: what to type. `place` is the file's name."""
    found = format_of(settings)
    if found < FORMAT:
        shown = f"indholdet er i format {found}, og denne docgen læser format {FORMAT}"
        return Problem(Origin(place), shown, "skriv docgen migrate")
    if found > FORMAT:
        shown = f"indholdet er i format {found}, og denne docgen kender kun til og med {FORMAT}"
        return Problem(Origin(place), shown, "opdatér docgen")
    return None


def migrate(
    files: Files, shipped: Files | None = None, earlier: Mapping[str, Collection[str]] | None = None
) -> Migration:
    """What brings a project's folders to today's format.

    `shipped` are the templates that come with docgen (`templates/…`) and `earlier` the SHA-256 of those that came with
    it before, by path: a template that is still one of these becomes today's; one that is neither is the project's own;
    one that is not there yet is added.

    Raises ContentError where a file that a step changes cannot be read, or the format is a later one.
    """
    settings = files.get(SETTINGS, b"")
    if (problem := check_format(settings, SETTINGS)) is not None and format_of(settings) > FORMAT:
        raise ContentError([problem])
    if SETTINGS not in files:
        raise ContentError([Problem(Origin(SETTINGS), "filen mangler", "stå i projektets mappe")])
    changed: dict[str, bytes] = {}
    taken = tuple(step for step in STEPS if step.to > format_of(settings))
    for step in taken:
        changed |= step.change({**files, **changed})
    own = []
    for path, data in (shipped or {}).items():
        mine = files.get(path)
        if mine == data or path in changed or (mine is None and not path.endswith(".j2")):
            continue
        if mine is None:  # a template that is new since then, which the others take parts from
            changed[path] = data
            continue
        if _hash(mine) in (earlier or {}).get(path, ()):
            changed[path] = data
        else:
            own.append(path)
    return Migration({path: data for path, data in changed.items() if data != files.get(path)}, taken, tuple(own))


def migrated_source(files: Files) -> Files:
    """The files of a document's own source in today's format. Raises ContentError as `migrate` does."""
    return {**files, **migrate(files).changed}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
