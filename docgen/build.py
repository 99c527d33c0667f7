"""From folders to files: which documents, in which formats, and where they lie.

The folders are read once into `{path: bytes}`; everything after that is pure. An output is written whole or not at all:
first to a temporary file beside it, then put in place in one step, so that earlier outputs survive an interrupted run.
"""

from __future__ import annotations

import datetime
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import pipeline, scaffolding, scaffolding_follow_up
from docgen.content.case import CaseKind
from docgen.content.content import Content
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.document import Document
from docgen.files import font_directories, read_folder, replace_together
from docgen.issuing import issued_versions
from docgen.kinds.prepared import Edition
from docgen.pipeline import Entry, Format, Project
from docgen.problems import ContentError, DocgenError, Origin, OutputError, Problem

if TYPE_CHECKING:
    from docgen.issuing.pack_parts import Pack


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build, from where, to where. `documents` are ids or kinds; none means all.

    `with_annexes` makes of each case one more PDF, the case and its annexes (`…-med-bilag.pdf`), and of each agenda the
    whole meeting (`moedemappe.pdf`).
    """

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    documents: tuple[str, ...] = ()
    formats: tuple[Format, ...] = (Format.PDF, Format.DOCX, Format.HTML)
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """How long a document with a limit became, in pages."""

    document: str
    pages: float
    limit: int


@dataclass(slots=True)
class BuildReport:
    """What a build wrote, how long it became, and what was wrong with the documents it could not build.

    `built` are the ids of those that were, of which `content`, `notices` what the reader should know of them.
    """

    written: list[Path] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)
    built: list[str] = field(default_factory=list)
    content: Content | None = field(default=None, repr=False)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def read_project(content: Path, templates: Path) -> Project:
    """The two folders, read once. Raises OutputError when a folder cannot be read."""
    return Project(read_folder(content, "content"), read_folder(templates, "templates"), font_directories())


def check_content(content: Path, templates: Path, names: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Every problem in the content and in the documents made of it."""
    problems: list[Problem] = []
    with naming(content, templates):
        try:
            project = read_project(content, templates)
            problems += project.problems()
            ids = () if problems else pipeline.find_documents(project.content, names)
        except DocgenError as error:
            return error.problems
        for document_id in ids:
            try:
                found = issued_versions.check_version(
                    project, pipeline.build_tree(project, document_id), Edition.PUBLIC
                )
                problems += [found] if found else []
            except DocgenError as error:
                problems += error.problems
    return DocgenError(_renamed(problems, content, templates)).problems


def is_unreadable(content: Path, templates: Path) -> bool:
    """Whether the content as such is at fault, so that nothing can be said of its words."""
    try:
        _ = read_project(content, templates).content
    except DocgenError:
        return True
    return False


def list_documents(content: Path, templates: Path) -> tuple[Entry, ...]:
    """Every document that can be built. Raises ContentError when the content is at fault."""
    with naming(content, templates):
        return pipeline.list_documents(read_project(content, templates).content)


def build_documents(options: BuildOptions, progress: Callable[[Path], None] = lambda path: None) -> BuildReport:
    """Builds documents in every format asked for; `progress` is told of each file written.

    A document with problems is left out whole and its problems are in the report; the others are built.
    Raises DocgenError when nothing can be built at all: the content as such is at fault, or a name is unknown.
    """
    report = BuildReport()
    with naming(options.content, options.templates), ThreadPoolExecutor(max_workers=1) as executor:
        project = read_project(options.content, options.templates)
        if found := project.problems():
            raise DocgenError(found)
        report.content = project.content
        # One document's PDF is made while the next one is read and written: two at a time, so that memory stays flat.
        waiting: deque[_Started] = deque()
        for document_id in pipeline.find_documents(project.content, options.documents):
            try:
                waiting.append(_start(project, document_id, options, executor))
            except DocgenError as error:
                report.problems += _renamed(error.problems, options.content, options.templates)
            if len(waiting) > 1:
                _finish(waiting.popleft(), options, report, progress)
        while waiting:
            _finish(waiting.popleft(), options, report, progress)
    return report


@dataclass(slots=True)
class _Started:
    """A document on its way: what is written of it, what was wrong, and its PDF and length, still in the making."""

    id: str
    outputs: dict[Format, bytes]
    problems: list[Problem]
    limit: int
    pdf: Future[tuple[bytes, float]] | None
    pack: Future[Pack] | None


def _start(project: Project, id: str, options: BuildOptions, executor: ThreadPoolExecutor) -> _Started:
    """Typst works in a thread, without the interpreter's lock, while the other formats are written."""
    document = pipeline.build_tree(project, id, options.edition)
    if changed := issued_versions.check_version(project, document, options.edition):
        raise ContentError([changed])
    limit = pipeline.prepare(project, id, options.edition).page_limit or 0
    wanted = Format.PDF in options.formats
    pdf = executor.submit(_write_pdf, project, document, options.edition, bool(limit)) if wanted else None
    pack = _start_pack(project, id, options.edition, executor) if options.with_annexes else None
    started = _Started(id, {}, [], limit, pdf, pack)
    for format in options.formats:
        if format is not Format.PDF:
            try:
                started.outputs[format] = pipeline.write(project, document, format)
            except DocgenError as error:
                started.problems += error.problems
    return started


def _start_pack(project: Project, id: str, edition: Edition, executor: ThreadPoolExecutor) -> Future[Pack] | None:
    """The case with its annexes, where it has any, or the whole meeting; what reads PDFs is loaded only then."""
    from docgen.issuing import case_pack, meeting_pack

    if meeting_pack.is_agenda(id):
        return executor.submit(meeting_pack.write_pack, project, id, edition)
    found = case_pack.has_annexes(project, id, edition)
    return executor.submit(case_pack.write_pack, project, id, edition) if found else None


def _write_pdf(project: Project, document: Document, edition: Edition, measured: bool) -> tuple[bytes, float]:
    data = pipeline.write(project, document, Format.PDF, edition)
    return data, pipeline.measure(project, document) if measured else 0.0


def _finish(started: _Started, options: BuildOptions, report: BuildReport, progress: Callable[[Path], None]) -> None:
    """Waits for the PDF and puts all files of the document in place, or none."""
    try:
        if started.pdf is not None:
            started.outputs[Format.PDF], pages = started.pdf.result()
        if started.problems:
            raise DocgenError(started.problems)
        outputs = [(_path(options, started.id, format), started.outputs[format]) for format in options.formats]
        pack = None if started.pack is None else started.pack.result()
        if pack is not None:
            outputs.append((_pack_path(options, started.id), pack.data))
        replace_together(outputs)
    except DocgenError as error:
        problems = [*started.problems, *error.problems]
        report.problems += _renamed(dict.fromkeys(problems), options.content, options.templates)
        return
    report.built.append(started.id)
    if started.limit and started.pdf is not None:
        report.lengths.append(Length(started.id, pages, started.limit))
    if pack is not None:
        report.notices += _renamed(pack.notices, options.content, options.templates)
    for path, _ in outputs:
        report.written.append(path)
        progress(path)


def _path(options: BuildOptions, document_id: str, format: Format, what: str = "") -> Path:
    suffix = "" if options.edition is Edition.PUBLIC else "-intern"
    return options.output / f"{document_id}{suffix}{what}.{format}"


def _pack_path(options: BuildOptions, document_id: str) -> Path:
    """`case/x-med-bilag.pdf`, `meeting/x/moedemappe.pdf`."""
    if document_id.startswith("meeting/"):
        return _path(options, f"{document_id.rsplit('/', 1)[0]}/moedemappe", Format.PDF)
    return _path(options, document_id, Format.PDF, "-med-bilag")


@contextmanager
def naming(content: Path, templates: Path) -> Iterator[None]:
    """Problems that leave this block name the folders as the caller did."""
    try:
        yield
    except DocgenError as error:
        raise type(error)(_renamed(error.problems, content, templates)) from None


def _renamed(problems: Iterable[Problem], content: Path, templates: Path) -> list[Problem]:
    """Problems with their places in the folders that were read, where these have other names."""
    folders = {"content": content.as_posix(), "templates": templates.as_posix()}
    renamed = []
    for problem in problems:
        folder, _, rest = problem.origin.file.partition("/")
        file = f"{folders[folder]}/{rest}" if folder in folders and rest else problem.origin.file
        renamed.append(replace(problem, origin=replace(problem.origin, file=file)))
    return renamed


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


def write_schemas(folder: Path, schemas: dict[str, dict[str, object]]) -> list[Path]:
    """Writes each schema to `<kind>.json` in a folder; returns the files. Raises OutputError."""
    import json

    outputs = [
        (folder / f"{kind}.json", (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())
        for kind, found in schemas.items()
    ]
    replace_together(outputs)
    return [path for path, _ in outputs]
