"""`docgen check`: the proof-reader with files from folders and from elsewhere, and mended files put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.build import read_project
from docgen.content.content import Content
from docgen.files import read_file, reason, replace_together
from docgen.problems import DocgenError, Origin, OutputError, Problem
from docgen.proofing import proof
from docgen.proofing.proof import Chosen
from docgen.proofing.rule import Finding

FILE_ENDINGS = (".docx", ".pdf", ".txt", ".md")


def is_file(name: str) -> bool:
    """Whether an argument of `docgen check` is a file from elsewhere and not a document."""
    return name.lower().endswith(FILE_ENDINGS)


def proofread_content(read: Content, content: Path, chosen: Chosen, own: Sequence[str] = ()) -> list[Finding]:
    """Findings in a content that was read from a folder. `own` are the files (paths in the folder, or how they begin)
    that are asked about; none means all."""
    return proof.read_content(read, chosen, content.as_posix(), tuple(own))


def mend_content(read: Content, content: Path, findings: Sequence[Finding]) -> int:
    """Mends in the folder's files what is safe of some findings in its content; how many were.

    Raises OutputError where a file cannot be written; then none is.
    """
    outputs, count = [], 0
    for file, wanted in proof.by_file(findings).items():
        path = file.removeprefix(f"{content.as_posix()}/")
        if path in read.maps:
            data, mended = proof.mend(read.files[path], wanted, file)
            count += mended
            outputs += [(content / path, data)] if mended else []
    replace_together(outputs)
    return count


def own_files(names: Sequence[str]) -> tuple[str, ...]:
    """How the paths of the files begin that documents are written in: `case/x/y` -> `cases/x.yaml`."""
    folders = {
        "policy": "policies/",
        "case": "cases/",
        "follow-up": "follow_ups/",
        "meeting": "meetings/",
        "guide": "guides/",
    }
    found = []
    for name in names:
        kind, _, rest = name.partition("/")
        id = rest.split("/")[0]
        ending = "" if not id else "/" if kind == "policy" else ".yaml"
        found.append(f"{folders.get(kind, kind)}{id}{ending}")
    return tuple(found)


def proofread_files(files: Sequence[Path], content: Path, templates: Path, chosen: Chosen) -> list[Finding]:
    """Findings in files from elsewhere, by the names and words of the content folder where there is one.

    Raises DocgenError with every file that cannot be read.
    """
    known = _content(content, templates)
    findings: list[Finding] = []
    problems: list[Problem] = []
    for path in files:
        try:
            findings += proof.read_file(path.as_posix(), read_file(path), known, chosen)
        except OSError as error:
            problems.append(Problem(Origin(path.as_posix()), f"filen kan ikke læses ({reason(error)})", "ret stien"))
        except DocgenError as error:
            problems += error.problems
    if problems:
        raise OutputError(problems)
    return findings


def _content(content: Path, templates: Path) -> Content | None:
    try:
        return read_project(content, templates).content
    except DocgenError:
        return None
