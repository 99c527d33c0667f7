"""`docgen check`: problems in a folder, the proof-reader with its files and others, and mended files put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen import pipeline
from docgen.build import read_project, renamed
from docgen.content.content import Content
from docgen.files import read_file, reason, replace_together
from docgen.issuing import issued_versions, ledger
from docgen.kinds.prepared import Edition
from docgen.pipeline import Project
from docgen.problems import DocgenError, Origin, OutputError, Problem
from docgen.proofing import proof
from docgen.proofing.proof import Chosen
from docgen.proofing.rule import Finding
from docgen.structs import Struct

FILE_ENDINGS = (".docx", ".pdf", ".txt", ".md")


class Checked(Struct, frozen=True):
    """Every problem, and the content, None where it is at fault as such."""

    problems: tuple[Problem, ...]
    content: Content | None = None


def check_content(content: Path, templates: Path, names: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Every problem in the content and in the documents made of it; with `names` in those documents alone, and in what
    they are made of."""
    return check_project(content, templates, names).problems


def check_project(content: Path, templates: Path, names: Sequence[str] = ()) -> Checked:
    """As `check_content`, with the content that was read."""
    problems: list[Problem] = []
    readable = None
    try:
        project = read_project(content, templates)
        if names:  # what they are made of is all that is read
            project = pipeline.part_of(project, tuple(pipeline.asked_documents(project, names)))
        problems += [*project.problems(), *ledger.check_ledger(project.content_files)]
        for document_id in () if problems else pipeline.find_documents(project.content, names):
            problems += _problems_of(project, document_id)
        readable = project.content
    except DocgenError as error:
        problems += error.problems
    return Checked(DocgenError(renamed(problems, content, templates)).problems, readable)


def _problems_of(project: Project, document_id: str) -> tuple[Problem, ...]:
    """What is wrong with one document of a content that is in order."""
    try:
        document = pipeline.build_tree(project, document_id)
    except DocgenError as error:
        return error.problems
    found = issued_versions.check_version(project, document, Edition.PUBLIC)
    return (found,) if found else ()


def is_file(name: str) -> bool:
    """Whether an argument of `docgen check` is a file from elsewhere and not a document."""
    return name.lower().endswith(FILE_ENDINGS)


def proofread_content(read: Content, content: Path, chosen: Chosen, own: Sequence[str] = ()) -> list[Finding]:
    """Findings in a content that was read from a folder. `own` are the files (paths in the folder, or how they begin)
    that are asked about; none means all."""
    return proof.read_content(read, chosen, content.as_posix(), tuple(own))


def mend_content(read: Content, content: Path, findings: Sequence[Finding]) -> int:
    """Mends in the folder's files what is safe of some findings in its content; how many were.

    Raises OutputError where a file cannot be written, or is another now than the one that was read; then none is.
    """
    outputs: list[tuple[Path, bytes]] = []
    before: dict[Path, bytes] = {}
    count = 0
    for file, wanted in proof.by_file(findings).items():
        path = file.removeprefix(f"{content.as_posix()}/")
        if path in read.maps:
            data, mended = proof.mend(read.files[path], wanted, file)
            count += mended
            if mended:
                outputs.append((content / path, data))
                before[content / path] = read.files[path]
    replace_together(outputs, before)
    return count


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
