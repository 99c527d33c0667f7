"""`docgen new` and `docgen schema --output`: new files to begin from, and the schemas for editors."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from docgen.build.folders import folder_names, read_project
from docgen.commands import schema
from docgen.content.fields import WrongValueError
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.content.validation import meant
from docgen.files import replace_together
from docgen.kinds.kind import Kind, Skeleton
from docgen.problems import Origin, OutputError, Problem


def create_document(kind: Kind, name: str, content: Path, templates: Path, variant: str = "") -> Path:
    """Makes a document's file with a skeleton, dated today; returns the file. `variant` is one of those that the kind's
    skeleton has in this content.

    Raises OutputError where the name or the variant cannot be used, there is a file already or it cannot be
    written, ContentError for an invalid content.
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
            found = read_project(content, templates).content
            today = datetime.date.today()  # noqa: DTZ011 (the day where the secretary sits)
            if variant and skeleton.variants is not None:
                _check_variant(variant, skeleton.variants(found))
            text = skeleton.write(found, name, variant, today)
        except WrongValueError as error:
            raise OutputError([Problem(Origin(path.as_posix()), error.message, error.hint)]) from None
        replace_together([(path, text.encode())])
    return path


def _check_name(skeleton: Skeleton, name: str) -> None:
    if not re.fullmatch(IDENTIFIER_PATTERN, name):
        hint = f"brug a-z, 0-9 og bindestreg, fx {skeleton.example}"
        raise WrongValueError(f"'{name}' kan ikke være et navn", hint)
    skeleton.check_name(name)


def _check_variant(variant: str, known: Mapping[str, str]) -> None:
    if variant not in known:
        hint = meant(variant, list(known), f"vælg {', '.join(known) or 'intet'}")
        raise WrongValueError(f"settings.yaml har ingen slags, der hedder '{variant}'", hint)


def write_schemas(folder: Path, names: Iterable[str]) -> list[Path]:
    """Writes each schema to `<name>.json` in a folder; returns the files.

    Raises OutputError, and KeyError for an unknown name.
    """
    outputs = [(folder / name, data) for name, data in map(schema.as_file, names)]
    replace_together(outputs)
    return [path for path, _ in outputs]
