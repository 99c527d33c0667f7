"""What the tests of the house's faults have in common: the command line, a small project, and places marked in it.

They see docgen as its users do. What must be taken from inside is taken here, so that it moves in one place.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from pypdf import PdfReader
from pypdf.generic import StreamObject

from docgen.cli.main import main
from docgen.content import load
from docgen.content.fields import Model
from docgen.kinds.registry import KINDS
from tests.kinds.test_follow_ups import example as follow_ups
from tests.support.contents import ROOT, small_content, write_content

CONTENT_TYPES: dict[str, type[Model]] = {
    file.name: file.model for file in (*load.SHARED_FILES, *(file for kind in KINDS.values() for file in kind.files))
}
"""By kind of content file the type that it is read as."""

MARK = "¤"
"""Stands in a changed file before the value that a problem is about."""

SETTINGS, ORGANISATION = "settings.yaml", "organisation.yaml"
POLICY = "policies/eksempel/policy.yaml"
CASE, MEETING = "cases/sag.yaml", "meetings/2026-02-03-udvalg.yaml"
LAST, NOW = "follow_ups/2023.yaml", "follow_ups/2024.yaml"
GUIDE = "guides/vejledning.yaml"
HELD = "2026-02-03-udvalg"

Files = Mapping[str, bytes]
Change = tuple[str, str, str]
"""A file, words in it, and what they become."""

_WRITTEN = {
    SETTINGS: """\
format: 2
municipality: {name: Eksempel Kommune, council: raadet}
cases:
  headings: {recommendation: Indstilling, history: Forløb, decision: Beslutning, annexes: Bilag}
  lead_ins:
    decides: "{forvaltning} indstiller over for {udvalg},"
    recommends: "{forvaltning} indstiller, at {udvalg} over for {råd} anbefaler,"
    declares: "{forvaltning} sender sagen til {råd},"
    council: Indstilling om,
  sections:
    - {id: problem, heading: Problemstilling, required: true}
    - {id: solution, heading: Løsning, required: true}
  kinds:
    tabled-briefing: {label: Orientering, recommendation: false, decision: false}
    briefing: {label: Orientering}
    decision: {label: Beslutning}
""",
    ORGANISATION: """\
bodies:
  - {id: raadet, kind: council, name: Byrådet}
  - {id: udvalg, kind: committee, name: Udvalget, seats: 7}
  - {id: skole, kind: administration, name: Skoleforvaltningen}
  - {id: teknik, kind: administration, name: Teknikforvaltningen}
""",
    CASE: """\
title: En sag til prøver
kind: decision
version: "1.0"
status: til behandling
date: 2026-01-12
administrations: [skole]
summary: Udvalget skal tage stilling.
recommendation:
  - points:
      - {id: et, text: planen godkendes}
      - {id: to, text: planen følges op}
sections:
  - {id: problem, text: Problemet.}
  - {id: solution, text: Løsningen.}
treatments:
  - body: udvalg
    role: decides
    date: 2026-02-03
    decision:
      outcomes:
        - {point: et, verb: godkendt, how: vote, votes_for: 5, votes_against: 2}
        - {point: to, verb: godkendt}
annexes:
  - {id: politik, title: Politikken, document: policy/eksempel, version: "1.0"}
""",
    MEETING: """\
committee: udvalg
date: 2026-02-03
version: "1.0"
status: til behandling
sent: 2026-01-28
items:
  - {id: valg, title: Valg, decision: Valget blev udsat.}
  - {id: sagen, case: sag}
minutes: {status: udkast}
""",
    GUIDE: """\
title: En vejledning til prøver
summary: Sådan gør man.
version: "1.0"
status: vedtaget
date: 2026-01-12
chapters:
  - {id: start, title: Begynd her, text: Teksten.}
""",
}


def content() -> dict[str, bytes]:
    """A content folder in order: a policy, two follow-ups on it, a case with the policy for annex, its meeting, and a
    guide. Everything is invented."""
    return {**small_content(), **follow_ups(), **{path: text.encode() for path, text in _WRITTEN.items()}}


def changed(files: Files, *changes: Change) -> dict[str, bytes]:
    """Files with words replaced, each at its first place, where it must be."""
    found = dict(files)
    for path, old, new in changes:
        assert old in found[path].decode(), (path, old)
        found[path] = found[path].decode().replace(old, new, 1).encode()
    return found


def unmarked(files: Files) -> tuple[dict[str, bytes], str]:
    """Files without their one mark, and where it stood: `content/file:line:column`, both from 1."""
    (path,) = (path for path, data in files.items() if MARK in data.decode(errors="replace"))
    before, after = files[path].decode().split(MARK)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return {**files, path: (before + after).encode()}, f"content/{path}:{line}:{column}"


def project(folder: Path, files: Files) -> Path:
    """A folder with this content and the repository's templates."""
    write_content(folder / "content", dict(files))
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def docgen(folder: Path, *arguments: str) -> Result:
    """A command of docgen's, given in a project's folder."""
    with contextlib.chdir(folder):
        return CliRunner().invoke(main, arguments)


def told(folder: Path, message: str) -> list[str]:
    """Where `docgen check` says the problems whose message holds these words to be, as `file:line:column`."""
    found: list[dict[str, Any]] = json.loads(docgen(folder, "check", "--output-format", "json").stdout)
    return [_place(problem) for problem in found if message in str(problem.get("message", ""))]


def _place(problem: Mapping[str, Any]) -> str:
    places = [problem["file"], problem["line"], problem["column"]]
    return ":".join(str(part) for part in places if part)


def places_in(stderr: str, message: str) -> list[str]:
    """Where the lines that hold these words say that something is wrong."""
    lines = [line for line in stderr.split("\n") if message in line]
    return [match[0] for line in lines if (match := re.match(r"[^\s:]+(?::\d+)*", line))]


def bytes_inside(path: Path) -> bytes:
    """Every byte of an output, what is packed, attached or compressed in it unpacked."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"\0".join(name.encode() + b"\0" + archive.read(name) for name in archive.namelist())
    if path.suffix != ".pdf":
        return data
    reader = PdfReader(io.BytesIO(data))
    parts = [data, *(page.extract_text().encode() for page in reader.pages)]
    parts += [part for attached in reader.attachments.values() for part in attached]
    for number in range(1, int(str(reader.trailer["/Size"]))):
        value = reader.get_object(number)
        parts.append(value.get_data() if isinstance(value, StreamObject) else str(value).encode())
    return b"\0".join(parts)
