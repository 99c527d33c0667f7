"""`docgen new` and `docgen schema --output`: new files to begin from, and the schemas for editors."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from docgen.build.elsewhere import not_well
from docgen.build.folders import folder_names, read_project, with_folder_names
from docgen.build.known_ids import NONE_KNOWN, known_ids
from docgen.commands import schema
from docgen.content.content import Content
from docgen.content.fields import WrongValueError
from docgen.content.types import IDENTIFIER_PATTERN, MAX_IDENTIFIER
from docgen.content.validation import meant_one_of
from docgen.files import replace_together
from docgen.kinds.kind import Kind, Skeleton
from docgen.problems import DocgenError, Origin, OutputError, Problem

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""Names that no file may have in Windows (learn.microsoft.com, "Naming Files, Paths, and Namespaces")."""

UNTRACKED = b"# Skemaerne kender id'erne i mappen og laves igen af docgen new og docgen schema --known\n*\n"
"""What makes git leave the schemas alone."""


def create_document(
    kind: Kind,
    name: str,
    content: Path,
    templates: Path,
    variant: str = "",
    noticed: Callable[[Sequence[Problem]], object] = tuple,
) -> Path:
    """Makes a document's file with a skeleton, dated today; returns the file. `variant` is one of those that the kind's
    skeleton has in this content. `noticed` is told what is not well elsewhere in the folder.

    Raises OutputError where the name or the variant cannot be used, there is a file already or it cannot be written,
    ContentError where what all documents share is at fault.
    """
    skeleton = kind.skeleton
    if skeleton is None:
        raise ValueError(kind.name)
    path = content / kind.folder / skeleton.file.replace("{name}", name)
    with folder_names(content, templates):
        try:
            _check_name(skeleton, name)
            if path.exists():
                raise WrongValueError("filen findes allerede", "vælg et andet navn, eller ret i den")
            project = read_project(content, templates)
            found = project.content
            if variant and skeleton.variants is not None:
                _check_variant(skeleton.option, variant, skeleton.variants(found))
            text = skeleton.write(found, name, variant, local_day())
        except WrongValueError as error:
            raise OutputError([Problem(Origin(path.as_posix()), error.message, error.hint)]) from None
        replace_together([(path, text.encode())])
    _renew_schemas(content, templates)
    noticed(with_folder_names(not_well(project), content, templates))
    return path


def local_day() -> datetime.date:
    """Today where the secretary sits: what is new is dated so."""
    return datetime.date.today()  # noqa: DTZ011


def _check_name(skeleton: Skeleton, name: str) -> None:
    if not re.fullmatch(IDENTIFIER_PATTERN, name):
        hint = f"brug a-z, 0-9 og bindestreg, fx {skeleton.example}"
        raise WrongValueError(f"'{name}' kan ikke være et navn", hint)
    if len(name) > MAX_IDENTIFIER:
        raise WrongValueError(f"navnet er på {len(name)} tegn", f"højst {MAX_IDENTIFIER}, fx {skeleton.example}")
    if name in _RESERVED:
        raise WrongValueError(f"'{name}' kan ikke være et filnavn i Windows", f"vælg et andet, fx {skeleton.example}")
    skeleton.check_name(name)


def _check_variant(option: str, variant: str, known: Mapping[str, str]) -> None:
    if variant not in known:
        hint = meant_one_of(variant, known, f"vælg {', '.join(known) or 'intet'}")
        raise WrongValueError(f"{option} '{variant}' kendes ikke", hint)


def write_schemas(folder: Path, names: Iterable[str], content: Content | None = None) -> list[Path]:
    """Writes each schema to `<name>.json` in a folder; returns the files. With a content they offer the ids that it
    knows, and git is told to leave the folder alone: a new case makes nothing stale.

    Raises OutputError, and KeyError for an unknown name.
    """
    known = NONE_KNOWN if content is None else known_ids(content)
    outputs = [(folder / name, data) for name, data in (schema.as_file(one, known) for one in names)]
    if content is not None:
        outputs.append((folder / ".gitignore", UNTRACKED))
    replace_together(outputs)
    return [path for path, _ in outputs]


def _renew_schemas(content: Path, templates: Path) -> None:
    """The project's schemas with the ids that are known now, where they are not under version control."""
    folder = content.parent / "schemas"
    if (folder / ".gitignore").exists():
        with contextlib.suppress(DocgenError):  # what is new is written; its editor completes a little less
            write_schemas(folder, schema.names(), read_project(content, templates).content)
