"""From folders to files: which documents, in which formats, and where they lie.

The folders are read once into `{path: bytes}`; everything after that is pure. An output is written whole or not at all:
first to a temporary file beside it, then put in place in one step, so that earlier outputs survive an interrupted run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from docgen import making, pipeline, workers
from docgen.files import font_directories, read_folder, replace_together, sweep
from docgen.incremental import BuildState, Kept, document_key, inputs_key, remarks_keys
from docgen.kinds.prepared import Edition
from docgen.making import Made, Wanted
from docgen.pipeline import Entry, Format, Project
from docgen.problems import DocgenError, OutputError, Problem
from docgen.structs import Struct, field, replace

_ONE_EACH = ("cases/", "follow_ups/", "guides/", "meetings/")  # where each file is a document at least


class BuildOptions(Struct, frozen=True):
    """What to build, from where, to where. `documents` are ids or kinds; none means all.

    `with_annexes` makes of each case one more PDF, the case and its annexes (`…-med-bilag.pdf`), and of each agenda the
    whole meeting (`moedemappe.pdf`). `jobs` is the number of processes; 0 is one, and for many
    documents as many as there are cores. (A script that asks for more than one guards its `__main__`.)
    `proofread` says whether the proof-reader reads the documents' files meanwhile; `incremental` that documents which
    are as they were are left alone, and `force` that the list of those is only written.
    """

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    documents: tuple[str, ...] = ()
    formats: tuple[Format, ...] = (Format.PDF, Format.DOCX, Format.HTML)
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False
    jobs: int = 1
    proofread: bool = False
    incremental: bool = False
    force: bool = False


class Length(Struct, frozen=True):
    """How long a document with a limit became, in pages."""

    document: str
    pages: float
    limit: int


class BuildReport(Struct):
    """What a build wrote, how long it became, and what was wrong with the documents it could not build.

    `built` are the ids of those that were, `unchanged` of those that need not be, `notices` what the reader should know
    of them, and `remarks` what the proof-reader found in their files, a line each.
    """

    written: list[Path] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)
    built: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def read_project(content: Path, templates: Path) -> Project:
    """The two folders, read once. Raises OutputError when a folder cannot be read."""
    return Project(read_folder(content, "content"), read_folder(templates, "templates"), font_directories())


def list_documents(content: Path, templates: Path) -> tuple[Entry, ...]:
    """Every document that can be built. Raises ContentError when the content is at fault."""
    with naming(content, templates):
        return pipeline.list_documents(read_project(content, templates).content)


def build_documents(
    options: BuildOptions,
    progress: Callable[[Path], None] = lambda path: None,
    executor: Executor | None = None,
    counted: Callable[[int, int], None] = lambda done, total: None,
) -> BuildReport:
    """Builds documents in every format asked for; `progress` is told of each file written, and `counted` after each
    document how many are done of how many that must be made.

    `executor` makes them, any of `concurrent.futures` or like it; without, `options.jobs` processes do, or this one.

    A document with problems is left out whole and its problems are in the report; the others are built.
    Raises DocgenError when nothing can be built at all: the content as such is at fault, or a name is unknown.
    """
    report = BuildReport()
    with naming(options.content, options.templates):
        project = replace(read_project(options.content, options.templates), lenient=True)
        run = _Run(options, project, report, progress)
        if run.is_as_before():
            return report
        with ExitStack() as stack:

            def call_workers(documents: int) -> Executor | None:
                number = workers.count(options.jobs, documents)
                return stack.enter_context(workers.start(number, project.font_directories)) if number > 1 else None

            if executor is None:
                executor = call_workers(run.expected())  # they load while the content is read
            if found := project.problems():
                raise DocgenError(found)
            faults = pipeline.faults_of(project.content, options.documents)
            report.problems += renamed(faults, options.content, options.templates)
            asked = pipeline.find_documents(project.content, options.documents)
            ids = run.changed(asked)
            if executor is None:
                executor = call_workers(len(ids))
            if executor is None:
                made = making.make_each(project, ids, run.wanted, lambda: run.proofread(asked))
            else:
                made = making.make_with(executor, workers.count(options.jobs, len(ids)), project, ids, run.wanted)
            whole = False
            try:
                for done, document in enumerate(made, 1):
                    run.place(document)
                    counted(done, len(ids))
                if executor is not None:
                    run.proofread(asked)
                whole = True
            finally:
                run.remember(whole)
    return report


class _Run:
    """One build: what it asks for, what it leaves alone, and what it puts in place."""

    def __init__(
        self, options: BuildOptions, project: Project, report: BuildReport, progress: Callable[[Path], None]
    ) -> None:
        self.wanted = Wanted(options.formats, options.edition, options.with_annexes)
        self._options, self._project, self._report, self._progress = options, project, report, progress
        self._state = BuildState(options.output, anew=options.force) if options.incremental else None
        named = [*options.documents, "", *options.formats, options.edition]
        named += [str(options.with_annexes), str(options.proofread)]
        self._request = "\n".join(named)
        self._inputs = inputs_key(project) if self._state is not None else ""
        self._read: list[str] = []

    def is_as_before(self) -> bool:
        """Whether an earlier run did all that this one could; then it is reported as unchanged."""
        if self._state is None:
            return False
        kept = self._state.whole_run(self._request, self._inputs, self.wanted, self._paths)
        if kept is None:
            return False
        documents, read = kept
        keys = remarks_keys(self._project, self._options.content.as_posix(), read)
        remarks = [self._state.remarks(path, key) for path, key in keys.items()]
        if None in remarks:
            return False
        for one in documents:
            self._keep(one)
        sweep(self._options.output)
        self._report.remarks += [line for lines in remarks for line in lines or ()]
        return True

    def expected(self) -> int:
        """How many documents must be made at least, as far as can be told before the content is read: each of these
        files is one, if nothing is known of earlier."""
        if self._state is not None and not self._state.is_empty:
            return 0
        own = pipeline.own_files(self._options.documents) or ("",)
        files = [path for path in self._project.content_files if path.startswith(_ONE_EACH)]
        return sum(path.startswith(own) for path in files)

    def changed(self, ids: Sequence[str]) -> list[str]:
        """The documents that must be made; the others are reported as unchanged."""
        if self._state is None or self._state.is_empty:
            return list(ids)
        left = []
        for id in ids:
            try:
                source = pipeline.source_hash(self._project, id, self.wanted.edition)
            except DocgenError:
                left.append(id)  # its problems are told when it is made
                continue
            kept = self._state.kept(id, self.wanted, self._key(source), self._paths(id))
            if kept is None:
                left.append(id)
            else:
                self._keep(kept)
        return left

    def proofread(self, ids: Sequence[str]) -> None:
        """Reports what the proof-reader finds in the documents' files and in the PDFs that they attach; it reads those
        that it has not read before."""
        if not self._options.proofread:
            return
        own, content, folder = pipeline.own_files(ids), self._project.content, self._options.content.as_posix()
        self._read = [path for path in sorted(content.maps) if own and path.startswith(own)]
        self._read += sorted(pipeline.annex_files(content, ids) & content.files.keys())
        state, keys = self._state, remarks_keys(self._project, folder, self._read)
        earlier = {path: state.remarks(path, key) if state is not None else None for path, key in keys.items()}
        remarks = {path: lines for path, lines in earlier.items() if lines is not None}
        if unread := [path for path in keys if path not in remarks]:
            from docgen.proofing import proof

            answers = state.answers if state is not None else {}
            remarks |= proof.remarks(content, folder, unread, answers)
        for path, key in keys.items():
            self._report.remarks += remarks[path]
            if state is not None:
                state.add_remarks(path, key, remarks[path])

    def place(self, made: Made) -> None:
        """Puts all files of a document in place, or none."""
        options, report = self._options, self._report
        pack = _pack_path(options, made.id) if made.pack is not None else None
        try:
            if made.problems:
                raise DocgenError(made.problems)
            outputs = [(_path(options, made.id, format), made.outputs[format]) for format in options.formats]
            if made.pack is not None and pack is not None:
                outputs.append((pack, made.pack.data))
            replace_together(outputs)
        except DocgenError as error:
            report.problems += renamed(error.problems, options.content, options.templates)
            return
        report.built.append(made.id)
        if self._state is not None:
            self._state.add(made, self.wanted, self._key(made.source), outputs, pack)
        self._tell(Kept(made.id, made.pages, made.limit, made.pack.notices if made.pack is not None else ()))
        for path, _ in outputs:
            report.written.append(path)
            self._progress(path)

    def remember(self, whole: bool) -> None:
        """Writes the list of what is as it should be now; `whole` says that the run came to its end.

        An output folder that cannot be written is told by then.
        """
        report = self._report
        if self._state is None or not (report.built or report.unchanged):
            return
        if whole and not report.problems:
            self._state.add_run(self._request, self._inputs, sorted([*report.built, *report.unchanged]), self._read)
        with suppress(OutputError):
            replace_together(self._state.files())

    def _key(self, source: str) -> str:
        """What a document is known by, given the hash of its source."""
        return document_key(self._project, source, self._inputs if self.wanted.with_annexes else "")

    def _paths(self, id: str) -> list[Path]:
        return [_path(self._options, id, format) for format in self._options.formats]

    def _keep(self, kept: Kept) -> None:
        for folder in {path.parent for path in self._paths(kept.id)}:
            sweep(folder)
        self._report.unchanged.append(kept.id)
        self._tell(kept)

    def _tell(self, kept: Kept) -> None:
        if kept.limit:
            self._report.lengths.append(Length(kept.id, kept.pages, kept.limit))
        self._report.notices += renamed(kept.notices, self._options.content, self._options.templates)


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
        raise type(error)(renamed(error.problems, content, templates)) from None


def renamed(problems: Iterable[Problem], content: Path, templates: Path) -> list[Problem]:
    """Problems with their places in the folders that were read, where these have other names."""
    folders = {"content": content.as_posix(), "templates": templates.as_posix()}
    renamed = []
    for problem in problems:
        folder, _, rest = problem.origin.file.partition("/")
        file = f"{folders[folder]}/{rest}" if folder in folders and rest else problem.origin.file
        renamed.append(replace(problem, origin=replace(problem.origin, file=file)))
    return renamed
