"""From folders to files: the only module that reads and writes files and starts processes.

The folders are read once into `{path: bytes}`; everything after that is pure. An output is written whole or not at all:
first to a temporary file beside it, then put in place in one step, so that earlier outputs survive an interrupted run.
"""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import pipeline, scaffolding, scaffolding_follow_up
from docgen.content.case import CaseKind
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.document import Document
from docgen.kinds.prepared import Edition
from docgen.pipeline import Entry, Format, Project
from docgen.problems import DocgenError, Origin, OutputError, Problem

if TYPE_CHECKING:
    from docgen.issuing.case_pack import Pack

_IGNORED_NAMES = {"Thumbs.db", "desktop.ini", "__pycache__"}
_IGNORED_ENDINGS = ("~", ".bak", ".tmp", ".swp")
_MAX_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build, from where, to where. `documents` are ids or kinds; none means all.

    `with_annexes` makes of each case one more PDF: the case and its annexes (`…-med-bilag.pdf`).
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

    `notices` say what the reader should know of documents that were built.
    """

    written: list[Path] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def read_project(content: Path, templates: Path) -> Project:
    """The two folders, read once. Raises OutputError when a folder cannot be read."""
    return Project(_read_folder(content, "content"), _read_folder(templates, "templates"), _font_directories())


def check_content(content: Path, templates: Path, names: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Every problem in the content and in the documents made of it."""
    problems: list[Problem] = []
    with _naming(content, templates):
        try:
            project = read_project(content, templates)
            problems += project.problems()
            ids = () if problems else pipeline.find_documents(project.content, names)
        except DocgenError as error:
            return error.problems
        for document_id in ids:
            try:
                pipeline.build_tree(project, document_id)
            except DocgenError as error:
                problems += error.problems
    return DocgenError(_renamed(problems, content, templates)).problems


def list_documents(content: Path, templates: Path) -> tuple[Entry, ...]:
    """Every document that can be built. Raises ContentError when the content is at fault."""
    with _naming(content, templates):
        return pipeline.list_documents(read_project(content, templates).content)


def build_documents(options: BuildOptions, progress: Callable[[Path], None] = lambda path: None) -> BuildReport:
    """Builds documents in every format asked for; `progress` is told of each file written.

    A document with problems is left out whole and its problems are in the report; the others are built.
    Raises DocgenError when nothing can be built at all: the content as such is at fault, or a name is unknown.
    """
    report = BuildReport()
    with _naming(options.content, options.templates), ThreadPoolExecutor(max_workers=1) as executor:
        project = read_project(options.content, options.templates)
        if found := project.problems():
            raise DocgenError(found)
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
    """The case with its annexes, where it has any; what reads PDFs is loaded only then."""
    from docgen.issuing import case_pack

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
            outputs.append((_path(options, started.id, Format.PDF, "-med-bilag"), pack.data))
        _replace_together(outputs)
    except DocgenError as error:
        problems = [*started.problems, *error.problems]
        report.problems += _renamed(dict.fromkeys(problems), options.content, options.templates)
        return
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


@contextmanager
def _naming(content: Path, templates: Path) -> Iterator[None]:
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


# -- files ------------------------------------------------------------------------------------------------------


def _read_folder(folder: Path, default: str) -> dict[str, bytes]:
    if not folder.is_dir():
        hint = f"stå i projektets mappe, eller skriv --{default} MAPPE"
        raise OutputError([Problem(Origin(folder.as_posix()), "mappen findes ikke", hint)])
    root = folder.resolve()
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_ignored(name))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_ignored(name):
                continue
            if not path.resolve().is_relative_to(root):
                problems.append(
                    Problem(Origin(path.as_posix()), "filen er en genvej ud af mappen", "læg selve filen i mappen")
                )
                continue
            try:
                files[path.relative_to(folder).as_posix()] = _read_file(path)
            except OSError as error:
                problems.append(
                    Problem(Origin(path.as_posix()), f"filen kan ikke læses ({_reason(error)})", "tjek rettighederne")
                )
    if problems:
        raise OutputError(problems)
    return files


def _read_file(path: Path) -> bytes:
    # One byte over any limit is enough for the reader to refuse it.
    with path.open("rb") as file:
        return file.read(_MAX_FILE + 1)


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _IGNORED_NAMES or name.endswith(_IGNORED_ENDINGS)


def _replace_together(outputs: Sequence[tuple[Path, bytes]]) -> None:
    """Writes all files of a document beside their places, then puts them in place: all, or none if writing fails."""
    ready: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, data in outputs:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
                ready.append((Path(file.name), path))
                file.write(data)
            ready[-1][0].chmod(0o644)
        for temporary, path in ready:
            temporary.replace(path)
    except OSError as error:
        hint = "luk filen, hvis den er åben i et andet program, og tjek plads og rettigheder"
        raise OutputError(
            [Problem(Origin(path.as_posix()), f"filen kan ikke skrives ({_reason(error)})", hint)]
        ) from None
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    reasons = {
        "ENOSPC": "disken er fuld",
        "EACCES": "ingen adgang",
        "EPERM": "ingen adgang",
        "EROFS": "disken kan kun læses",
        "ENOTDIR": "en del af stien er en fil",
        "EEXIST": "en del af stien er en fil",
        "EISDIR": "der ligger en mappe med samme navn",
        "ENAMETOOLONG": "navnet er for langt",
        "EDQUOT": "kvoten er brugt op",
    }
    import errno

    return reasons.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or type(error).__name__)


def _font_directories() -> tuple[str, ...]:
    """Where the fonts lie that come with docgen as a package; never the host's own fonts."""
    from importlib.util import find_spec

    spec = find_spec("fontpkg_source_sans_3")
    return () if spec is None or spec.origin is None else (str(Path(spec.origin).parent),)


def create_case(content: Path, templates: Path, id: str, kind: CaseKind) -> Path:
    """Makes `cases/<id>.yaml` with a skeleton, dated today; returns the file.

    Raises OutputError where there is a file already or it cannot be written, ContentError for a faulty content.
    """
    with _naming(content, templates):
        found = read_project(content, templates).content
        path = content / "cases" / f"{id}.yaml"
        if not re.fullmatch(IDENTIFIER_PATTERN, id):
            hint = "brug a-z, 0-9 og bindestreg, fx 2024-innovation"
            raise OutputError([Problem(Origin(path.as_posix()), f"'{id}' kan ikke være et navn", hint)])
        if path.exists():
            raise OutputError([Problem(Origin(path.as_posix()), "filen findes allerede", "vælg et andet navn")])
        if found.settings.cases is None or kind.value not in found.settings.cases.kinds:
            hint = "tilføj slagsen under 'cases' i settings.yaml"
            origin = Origin(f"{content.as_posix()}/settings.yaml")
            raise OutputError([Problem(origin, f"profilen har ingen '{kind.value}'", hint)])
        _replace_together([(path, scaffolding.new_case(found, kind, datetime.date.today()).encode())])  # noqa: DTZ011
    return path


def create_follow_up(content: Path, templates: Path, year: str) -> Path:
    """Makes `follow_ups/<year>.yaml` with a skeleton, dated today; returns the file.

    Raises OutputError where there is a file already, it cannot be written, the year is none or no policy covers it;
    ContentError for a faulty content.
    """
    with _naming(content, templates):
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
        _replace_together([(path, text.encode())])
    return path


def write_schemas(folder: Path, schemas: dict[str, dict[str, object]]) -> list[Path]:
    """Writes each schema to `<kind>.json` in a folder; returns the files. Raises OutputError."""
    import json

    outputs = [
        (folder / f"{kind}.json", (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())
        for kind, found in schemas.items()
    ]
    _replace_together(outputs)
    return [path for path, _ in outputs]
