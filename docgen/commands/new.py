"""New files: a case, a meeting or a follow-up to begin from, and the schemas for editors."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from docgen.commands import schema as schemas
from docgen.commands.build import naming, read_project
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.files import replace_together
from docgen.kinds import skeletons as scaffolding
from docgen.kinds.case.model import CaseKind
from docgen.kinds.follow_up import skeleton as scaffolding_follow_up
from docgen.problems import Origin, OutputError, Problem


def create_case(content: Path, templates: Path, id: str, kind: CaseKind) -> Path:
    """Makes `cases/<id>.yaml` with a skeleton, dated today; returns the file.

    Raises OutputError where there is a file already or it cannot be written, ContentError for a faulty content.
    """
    with naming(content, templates):
        path = _new_file(content / "cases", id, "2024-innovation")
        found = read_project(content, templates).content
        if found.settings.cases is None or kind.value not in found.settings.cases.kinds:
            hint = "tilføj slagsen under 'cases' i settings.yaml"
            origin = Origin(f"{content.as_posix()}/settings.yaml")
            raise OutputError([Problem(origin, f"profilen har ingen '{kind.value}'", hint)])
        replace_together([(path, scaffolding.new_case(found, kind, datetime.date.today()).encode())])  # noqa: DTZ011
    return path


def create_meeting(content: Path, templates: Path, id: str) -> Path:
    """Makes `meetings/<id>.yaml` with the cases of that day; returns the file. Raises as `create_case` does."""
    with naming(content, templates):
        path = _new_file(content / "meetings", id, "2026-12-01-oeu")
        found = read_project(content, templates).content
        try:
            text = scaffolding.new_meeting(found, id)
        except ValueError:
            hint = "begynd navnet med mødets dato, fx 2026-12-01-oeu"
            raise OutputError([Problem(Origin(path.as_posix()), f"'{id}' begynder ikke med en dato", hint)]) from None
        replace_together([(path, text.encode())])
    return path


def create_guide(content: Path, templates: Path, id: str) -> Path:
    """Makes `guides/<id>.yaml` with a skeleton, dated today; returns the file. Raises as `create_case` does."""
    with naming(content, templates):
        path = _new_file(content / "guides", id, "indkoeb-for-begyndere")
        replace_together([(path, scaffolding.new_guide(datetime.date.today()).encode())])  # noqa: DTZ011
    return path


def _new_file(folder: Path, id: str, example: str) -> Path:
    path = folder / f"{id}.yaml"
    if not re.fullmatch(IDENTIFIER_PATTERN, id):
        hint = f"brug a-z, 0-9 og bindestreg, fx {example}"
        raise OutputError([Problem(Origin(path.as_posix()), f"'{id}' kan ikke være et navn", hint)])
    if path.exists():
        raise OutputError([Problem(Origin(path.as_posix()), "filen findes allerede", "vælg et andet navn")])
    return path


def create_follow_up(content: Path, templates: Path, year: str) -> Path:
    """Makes `follow_ups/<year>.yaml` with a skeleton, dated today; returns the file.

    Raises OutputError where there is a file already, it cannot be written, the year is none or no policy covers it;
    ContentError for a faulty content.
    """
    with naming(content, templates):
        path = content / "follow_ups" / f"{year}.yaml"
        if not re.fullmatch(r"[12]\d{3}", year):
            raise OutputError([Problem(Origin(path.as_posix()), f"'{year}' er ikke et årstal", "skriv fx 2024")])
        found = read_project(content, templates).content
        if path.exists():
            raise OutputError([Problem(Origin(path.as_posix()), "filen findes allerede", "ret i den, eller slet den")])
        try:
            text = scaffolding_follow_up.new_follow_up(found, int(year), datetime.date.today())  # noqa: DTZ011
        except KeyError:
            hint = "tilføj politikken, eller ret dens period"
            raise OutputError([Problem(Origin(path.as_posix()), f"ingen politik gælder i {year}", hint)]) from None
        replace_together([(path, text.encode())])
    return path


def write_schemas(folder: Path, kinds: Iterable[str]) -> list[Path]:
    """Writes the schema of each kind to `<kind>.json` in a folder; returns the files.

    Raises OutputError, and KeyError for an unknown kind.
    """
    outputs = [(folder / name, data) for name, data in map(schemas.as_file, kinds)]
    replace_together(outputs)
    return [path for path, _ in outputs]
