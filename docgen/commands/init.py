"""`docgen init`: a folder in which another municipality can begin at once, from the starter that comes with docgen."""

from __future__ import annotations

from pathlib import Path

from docgen.commands import schema
from docgen.files import replace_together
from docgen.folder import read_folder
from docgen.problems import Origin, OutputError, Problem

PACKAGE = Path(__file__).parent.parent
"""The folder of docgen itself."""
_STARTER = PACKAGE / "starter"
_OWN = ("content", "templates", "schemas")  # folders that are never written into when they are there
# With their dots, git and builders would take them for the package's own.
_NAMES = {name: f".{name}" for name in ("gitignore", "gitattributes")}


def start_project(folder: Path) -> list[Path]:
    """Writes the starter project into a folder, made if need be: content, templates, schemas; returns the files.

    A `README.md`, `.gitignore` or `.gitattributes` that is there is left alone. Raises OutputError, with nothing
    written, where the folder has a project's folders already or cannot be written to.
    """
    there = [name for name in _OWN if (folder / name).exists()]
    if there:
        hint = "vælg en anden mappe, fx docgen init kommune"
        raise OutputError(
            [Problem(Origin((folder / name).as_posix()), "findes allerede; intet er skrevet", hint) for name in there]
        )
    files = {_NAMES.get(path, path): data for path, data in read_folder(_STARTER, "starter").items()}
    del files["earlier_templates.json"]
    files |= {f"templates/{path}": data for path, data in shipped_templates().items()}
    files |= {f"schemas/{name}": data for name, data in map(schema.as_file, schema.names())}
    outputs = [(folder / path, data) for path, data in sorted(files.items()) if not (folder / path).exists()]
    replace_together(outputs)
    return [path for path, _ in outputs]


def shipped_templates() -> dict[str, bytes]:
    """The templates that come with docgen, by path: inside an installed one, beside one that is run from its
    repository."""
    installed = PACKAGE / "templates"
    return read_folder(installed if installed.is_dir() else PACKAGE.parent / "templates", "templates")
