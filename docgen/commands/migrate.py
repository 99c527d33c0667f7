"""`docgen migrate`: a project's folders in today's format, or what that would change."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from docgen.build.folders import folder_names
from docgen.commands.init import PACKAGE, shipped_templates, with_salt
from docgen.content.migrations import FORMAT, SETTINGS, migrate
from docgen.files import read_file, replace_together
from docgen.folder import read_folder
from docgen.structs import Struct, replace

_SALT = re.compile("^(salt:) .*$", re.MULTILINE)


class MigrationReport(Struct, frozen=True):
    """What was migrated: the files with the lines that change, what each step did, and the templates that are the
    project's own; `to` is the format that the folders have now. In a dry run nothing is written."""

    changes: tuple[tuple[Path, tuple[str, ...]], ...]
    steps: tuple[str, ...]
    own_templates: tuple[Path, ...]
    to: int = FORMAT


def migrate_project(content_dir: Path, templates: Path, *, dry_run: bool = False) -> MigrationReport:
    """Brings the folders to today's format: all files that change, or none.

    Raises DocgenError where a folder or a file that changes cannot be read or written, or the format is a later one.
    """
    folders = {"content": content_dir, "templates": templates}
    with folder_names(content_dir, templates):
        files = {
            f"{name}/{path}": data
            for name, folder in folders.items()
            for path, data in read_folder(folder, name).items()
        }
        shipped = {f"templates/{path}": data for path, data in shipped_templates().items()}
        found = migrate(files, shipped, _earlier_templates())
        settings = found.changed.get(SETTINGS, files[SETTINGS])
        salted = with_salt(settings)
        if salted != settings:
            found = replace(found, changed={**found.changed, SETTINGS: salted})
        outputs = [(_place(path, folders), data) for path, data in sorted(found.changed.items())]
        if not dry_run:
            replace_together(outputs, {_place(path, folders): files[path] for path in found.changed if path in files})
    changes = tuple(
        (_place(path, folders), _changed_lines(files.get(path, b""), data))
        for path, data in sorted(found.changed.items())
    )
    steps = tuple(f"format {step.to}: {step.what}" for step in found.steps)
    if salted != settings:
        steps += ("settings.yaml har fået et salt, som nøglerne i Word-filer bliver lavet med",)
    return MigrationReport(changes, steps, tuple(_place(path, folders) for path in found.own_templates))


def _place(path: str, folders: Mapping[str, Path]) -> Path:
    name, _, rest = path.partition("/")
    return folders[name] / rest


def _changed_lines(before: bytes, after: bytes) -> tuple[str, ...]:
    """The lines that go (`-`) and come (`+`); a salt is told to nobody, and is another one each time."""
    old, new = (_SALT.sub(r"\1 …", data.decode("utf-8", "replace")).splitlines() for data in (before, after))
    return tuple(
        line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[:2] not in ("--", "++", "@@")
    )


def _earlier_templates() -> Mapping[str, Collection[str]]:
    """The hashes of the templates that came with docgen before, by path."""
    found: dict[str, list[str]] = json.loads(read_file(PACKAGE / "starter" / "earlier_templates.json"))
    return found
