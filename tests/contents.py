"""A small valid content folder and the repository's own: what the tests of the pipeline read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from docgen.build import read_project
from docgen.pipeline import Project

ROOT = Path(__file__).parent.parent
POLICY = "policy/eksempel"
REAL_POLICY = "policy/indkoebspolitik-2023-2026"

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'


@cache
def repository() -> Project:
    """The repository's own content and templates."""
    project = read_project(ROOT / "content", ROOT / "templates")
    return Project(project.content_files, project.template_files, font_directories=project.font_directories)


def small_content(**changes: str) -> dict[str, bytes]:
    """A valid content folder with one small policy; `changes` replace texts by field name, such as `introduction`."""
    texts = {"introduction": "Indledningens tekst.", "title": "Eksempelpolitik", "area": "Indsatsens tekst.", **changes}

    def quoted(name: str, indent: str) -> str:
        lines = texts[name].split("\n")
        return "|-\n" + "\n".join(indent + line for line in lines)

    files = {
        "settings.yaml": "municipality: {name: Eksempel Kommune, council: raadet}\n",
        "organisation.yaml": "bodies:\n  - {id: raadet, kind: council, name: Byrådet}\n",
        "glossary.yaml": "abbreviations: []\n",
        "policies/eksempel/policy.yaml": f"""\
title: {quoted("title", "  ") if "title" in changes else texts["title"]}
summary: En politik til prøver.
period: {{from: 2023, to: 2026}}
version: "1.0"
status: udkast
date: 2022-12-01
introduction:
  id: indledning
  title: Indledning
  text: {quoted("introduction", "    ")}
overview:
  id: oversigt
  title: Oversigt
  text: Oversigtens tekst.
focus_areas_title: Indsatsområder
focus_areas_lead_in: "Kommunen vil:"
scope:
  id: afgraensning
  title: Afgrænsning
  text: Afgrænsningens tekst.
origin_of_wording: Eksempel til prøver.
""",
        "policies/eksempel/values/1-vaerdi.yaml": f"""\
id: vaerdi
title: Værdien
statement: Værdien i én sætning.
text: Værdiens tekst.
focus_areas:
  - id: indsats
    lead: Gøre noget.
    text: {quoted("area", "      ")}
""",
        "policies/eksempel/responsibilities.yaml": """\
id: ansvar
title: Ansvar
roles:
  - id: byraadet
    body: raadet
    title: Byrådet
    responsibilities:
      - id: beslutter
        text: Beslutter politikken.
""",
    }
    return {path: text.encode() for path, text in files.items()} | {"images/kort.svg": SVG}


def small_project(**changes: str) -> Project:
    """`small_content` with the repository's templates."""
    real = repository()
    return Project(small_content(**changes), real.template_files, font_directories=real.font_directories)


def write_content(folder: Path, files: dict[str, bytes]) -> Path:
    """Writes files to a folder that is made for them; returns the folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
