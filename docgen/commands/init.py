"""`docgen init`: a folder in which another municipality can begin at once, from the starter that comes with docgen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from docgen.commands import schema
from docgen.content.yaml_editor import AddField, edit
from docgen.content.yaml_reader import read_yaml
from docgen.files import font_directories, read_file, replace_together
from docgen.folder import read_folder
from docgen.pipeline import Job
from docgen.problems import Origin, OutputError, Problem
from docgen.project import Project
from docgen.writers.formats import FORMATS

PACKAGE = Path(__file__).parent.parent
"""The folder of docgen itself."""
_STARTER = PACKAGE / "starter"
_OWN = ("content", "templates", "schemas")  # folders that are never written into when they are there
# With their dots, git and builders would take them for the package's own.
_NAMES = {name: f".{name}" for name in ("gitignore", "gitattributes", "vscode/settings.json", "vscode/extensions.json")}
_GUIDE = "brugervejledning"


def start_project(folder: Path, salt: str = "") -> list[Path]:
    """Writes the starter project into a folder, made if need be: content, templates, schemas; returns the files.
    `salt` is the one of its keys in Word files; without, a new one.

    With them comes the guide to docgen, to be read in a browser, and what VS Code and git need to know. A file that is
    there, such as a `README.md` or a `.gitignore`, is left alone. Raises OutputError, with nothing
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
    files["vejledning.html"] = _guide(files)
    files["content/settings.yaml"] = with_salt(files["content/settings.yaml"], salt)
    outputs = [(folder / path, data) for path, data in sorted(files.items()) if not (folder / path).exists()]
    replace_together(outputs)
    return [path for path, _ in outputs]


def _guide(files: Mapping[str, bytes]) -> bytes:
    """The guide to docgen as a page, in the look of a project."""
    content = {path.removeprefix("content/"): data for path, data in files.items() if path.startswith("content/")}
    content[f"guides/{_GUIDE}.yaml"] = read_file(_beside("guides", "content/guides") / f"{_GUIDE}.yaml")
    pictures = read_folder(_beside("guides/images", "content/images"), "images")
    content |= {f"images/{path}": data for path, data in pictures.items()}
    project = Project(content, shipped_templates(), font_directories())
    return Job(project, f"guide/{_GUIDE}").write(FORMATS["html"])


def _beside(installed: str, repository: str) -> Path:
    """A folder that comes with docgen: inside an installed one, beside one that is run from its repository."""
    return PACKAGE / installed if (PACKAGE / installed).is_dir() else PACKAGE.parent / repository


def with_salt(settings: bytes, salt: str = "") -> bytes:
    """A settings.yaml that has a salt: its own, or else a new one that nobody can guess. Raises ContentError where the
    file cannot be read."""
    read = read_yaml("content/settings.yaml", settings)
    if read.get("salt"):
        return settings
    position = list(read).index("format") + 1 if "format" in read else 0
    field = AddField((), "salt", salt or secrets.token_hex(16), position)
    return edit("content/settings.yaml", settings, [field])


def shipped_templates() -> dict[str, bytes]:
    """The templates that come with docgen, by path: inside an installed one, beside one that is run from its
    repository."""
    return read_folder(_beside("templates", "templates"), "templates")
