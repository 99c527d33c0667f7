"""From folders to files: which documents, in which formats, and where they lie.

The folders are read once into `{path: bytes}`; everything after that is pure. An output is written whole or not at all:
first to a temporary file beside it, then put in place in one step, so that earlier outputs survive an interrupted run.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import making, pipeline, scaffolding, scaffolding_follow_up
from docgen.content.case import CaseKind
from docgen.content.content import Content
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.files import font_directories, read_folder, replace_together
from docgen.issuing import issued_versions, ledger
from docgen.kinds.prepared import Edition
from docgen.making import Made, Wanted
from docgen.pipeline import Entry, Format, Project
from docgen.problems import DocgenError, Origin, OutputError, Problem

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_MANY = 40  # documents; for fewer it takes longer to start processes than they save


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build, from where, to where. `documents` are ids or kinds; none means all.

    `with_annexes` makes of each case one more PDF, the case and its annexes (`…-med-bilag.pdf`), and of each agenda the
    whole meeting (`moedemappe.pdf`). `jobs` is the number of processes; 0 is one, and for many
    documents as many as there are cores. (A script that asks for more than one guards its `__main__`.)
    """

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    documents: tuple[str, ...] = ()
    formats: tuple[Format, ...] = (Format.PDF, Format.DOCX, Format.HTML)
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False
    jobs: int = 1


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


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem, and the content, None where it is at fault as such."""

    problems: tuple[Problem, ...]
    content: Content | None = None


def check_content(content: Path, templates: Path, names: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Every problem in the content and in the documents made of it."""
    return check_project(content, templates, names).problems


def check_project(content: Path, templates: Path, names: Sequence[str] = ()) -> Checked:
    """As `check_content`, with the content that was read."""
    problems: list[Problem] = []
    with naming(content, templates):
        try:
            project = read_project(content, templates)
            problems += [*project.problems(), *ledger.check_ledger(project.content_files)]
            ids = () if problems else pipeline.find_documents(project.content, names)
        except DocgenError as error:
            return Checked(error.problems)
        for document_id in ids:
            try:
                found = issued_versions.check_version(
                    project, pipeline.build_tree(project, document_id), Edition.PUBLIC
                )
                problems += [found] if found else []
            except DocgenError as error:
                problems += error.problems
        try:
            readable = project.content
        except DocgenError:
            readable = None
    return Checked(DocgenError(_renamed(problems, content, templates)).problems, readable)


def list_documents(content: Path, templates: Path) -> tuple[Entry, ...]:
    """Every document that can be built. Raises ContentError when the content is at fault."""
    with naming(content, templates):
        return pipeline.list_documents(read_project(content, templates).content)


def build_documents(
    options: BuildOptions, progress: Callable[[Path], None] = lambda path: None, executor: Executor | None = None
) -> BuildReport:
    """Builds documents in every format asked for; `progress` is told of each file written.

    `executor` makes them, any of `concurrent.futures` or like it; without, `options.jobs` processes do, or this one.

    A document with problems is left out whole and its problems are in the report; the others are built.
    Raises DocgenError when nothing can be built at all: the content as such is at fault, or a name is unknown.
    """
    report = BuildReport()
    with naming(options.content, options.templates):
        project = read_project(options.content, options.templates)
        if found := project.problems():
            raise DocgenError(found)
        report.content = project.content
        ids = pipeline.find_documents(project.content, options.documents)
        wanted = Wanted(options.formats, options.edition, options.with_annexes)
        jobs = options.jobs or ((os.cpu_count() or 1) if len(ids) >= _MANY else 1)
        with ExitStack() as stack:
            if jobs > 1 and len(ids) > 1 and executor is None:
                from concurrent.futures import ProcessPoolExecutor

                executor = stack.enter_context(ProcessPoolExecutor(jobs, mp_context=_workers()))
            if executor is None:
                made = making.make_each(project, ids, wanted)
            else:
                made = making.make_with(executor, jobs, project, ids, wanted)
            for document in made:
                _place(document, options, report, progress)
    return report


def _workers() -> BaseContext:
    """Workers that start anew: a copy of this process could hold a lock of one of its threads for ever."""
    import multiprocessing

    return multiprocessing.get_context("spawn")


def _place(made: Made, options: BuildOptions, report: BuildReport, progress: Callable[[Path], None]) -> None:
    """Puts all files of a document in place, or none."""
    try:
        if made.problems:
            raise DocgenError(made.problems)
        outputs = [(_path(options, made.id, format), made.outputs[format]) for format in options.formats]
        if made.pack is not None:
            outputs.append((_pack_path(options, made.id), made.pack.data))
        replace_together(outputs)
    except DocgenError as error:
        report.problems += _renamed(error.problems, options.content, options.templates)
        return
    report.built.append(made.id)
    if made.limit:
        report.lengths.append(Length(made.id, made.pages, made.limit))
    if made.pack is not None:
        report.notices += _renamed(made.pack.notices, options.content, options.templates)
    for path, _ in outputs:
        report.written.append(path)
        progress(path)


def _path(options: BuildOptions, document_id: str, format: Format, what: str = "") -> Path:
    return options.output / f"{document_id}{options.edition.suffix}{what}.{format}"


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


def write_schemas(folder: Path, schemas: dict[str, dict[str, object]]) -> list[Path]:
    """Writes each schema to `<kind>.json` in a folder; returns the files. Raises OutputError."""
    import json

    outputs = [
        (folder / f"{kind}.json", (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())
        for kind, found in schemas.items()
    ]
    replace_together(outputs)
    return [path for path, _ in outputs]
