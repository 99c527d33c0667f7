"""One build: what it asks for, what it leaves alone, and what it puts in place, notes and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import assert_never

from docgen import pipeline
from docgen.build.batch import Found, Made, Outcome, Portion, Read, Unchanged, Wanted
from docgen.build.cache import BuildState, FileKeys, Kept
from docgen.files import replace_together, sweep
from docgen.kinds.prepared import Edition
from docgen.pipeline import Format, Project
from docgen.problems import DocgenError, OutputError, Problem
from docgen.structs import Struct, field, replace


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


_Asked = dict[str, tuple[str, ...]]


class Run:
    """One build. `report` tells what became of it."""

    def __init__(
        self,
        options: BuildOptions,
        project: Project,
        progress: Callable[[Path], None],
        counted: Callable[[int, int], None],
    ) -> None:
        self.report = BuildReport()
        self._wanted = Wanted(options.formats, options.edition, options.with_annexes)
        self._options, self._project, self._progress, self._counted = options, project, progress, counted
        self._state = BuildState(options.output, anew=options.force) if options.incremental else None
        self._file_keys = FileKeys(project)
        self._keys: dict[str, str] = {}  # by document, where there is a list of what was made
        self._asked: _Asked = {}
        self._kept: dict[str, Kept] = {}
        self._unmade: dict[str, set[str]] = {}  # by document the renderings that are still to come
        self._ids: dict[str, tuple[str, ...]] = {}
        self._done, self._waiting, self._unknown = 0, 0, 0  # renderings; documents that are not read yet
        self._remarks: dict[str, list[str]] = {}

    def changed(self, asked: _Asked) -> _Asked:
        """The documents that must be read; the others are reported as unchanged."""
        self._asked = {document: names for document, names in asked.items() if not self._is_as_before(document, names)}
        self._unknown = len(self._asked)
        return self._asked

    def _is_as_before(self, document: str, names: tuple[str, ...]) -> bool:
        """Whether an earlier run made all of a document of the same files, and read these."""
        if self._state is None:
            return False
        self._keys[document] = key = self._file_keys.document(document)
        ids = self._state.made_whole(document, self._wanted, key) if names == (document,) else None
        if ids is None or len(kept := self._still_there(ids)) < len(ids) or self._unread(document):
            return False
        for one in kept:
            self._keep(one)
        return True

    def _still_there(self, ids: Iterable[str]) -> list[Kept]:
        """Those of some renderings whose files are as they were written."""
        found = [self._state.kept(id, self._wanted, self._paths(id)) if self._state else None for id in ids]
        return [one for one in found if one is not None]

    def _unread(self, document: str) -> tuple[str, ...]:
        """The files of a document that must be proof-read; what was said of the others is told again."""
        if not self._options.proofread:
            return ()
        left = []
        for path in self._project.graph.own_files(document):
            lines = self._state.remarks(path, self._remarks_key(path)) if self._state is not None else None
            if lines is None:
                left.append(path)
            else:
                self._remarks[path] = lines
        return tuple(left)

    def portions(self, asked: _Asked, size: int) -> Iterator[Portion]:
        """The documents to make, `size` at a time."""
        waiting = iter(asked.items())
        while some := dict(islice(waiting, size)):
            state = self._state
            earlier = [id for document in some for id in (state.renderings_of(document, self._wanted) if state else ())]
            kept = {one.id: one for one in self._still_there(earlier)}
            self._kept |= kept
            unread = {document: paths for document in some if (paths := self._unread(document))}
            yield Portion(
                pipeline.part_of(self._project, tuple(some)),
                some,
                self._wanted,
                {document: self._keys.get(document, "") for document in some},
                {id: one.key for id, one in kept.items()},
                unread,
                self._options.content.as_posix(),
                state.answers if state is not None and unread else {},
            )

    def take(self, outcome: Outcome) -> None:
        """Puts in place, notes and reports what became of a portion."""
        match outcome:
            case Found(ids, problems):
                self._ids |= ids
                self._unmade |= {document: set(found) for document, found in ids.items()}
                self._unknown -= len(ids)
                self._waiting += sum(map(len, ids.values()))
                self._fail(problems)
            case Unchanged(id):
                self._waiting -= 1
                self._keep(self._kept.pop(id))
                self._is_there(id)
            case Made():
                self._waiting -= 1
                self._kept.pop(outcome.id, None)
                self._done += 1
                self._place(outcome)
                self._counted(self._done, self._done + self._waiting + self._unknown)
            case Read(remarks, answers):
                self._remarks |= remarks
                if self._state is not None:
                    for path, lines in remarks.items():
                        self._state.add_remarks(path, self._remarks_key(path), lines)
                    self._state.answers.update(answers)
            case _:
                assert_never(outcome)

    def _place(self, made: Made) -> None:
        """Puts all files of a rendering in place, or none."""
        options, report = self._options, self.report
        pack = _pack_path(options, made.id) if made.pack is not None else None
        try:
            if made.problems:
                raise DocgenError(made.problems)
            outputs = [(_path(options, made.id, format), made.outputs[format]) for format in options.formats]
            if made.pack is not None and pack is not None:
                outputs.append((pack, made.pack.data))
            replace_together(outputs)
        except DocgenError as error:
            self._fail(error.problems)
            return
        report.built.append(made.id)
        if self._state is not None:
            self._state.add(made, self._wanted, outputs, pack)
        self._tell(made.id, made.pages, made.limit, made.pack.notices if made.pack is not None else ())
        self._is_there(made.id)
        for path, _ in outputs:
            report.written.append(path)
            self._progress(path)

    def _is_there(self, id: str) -> None:
        """Notes that a document is made whole when the last of its renderings is there."""
        document = "/".join(id.split("/")[:2])
        self._unmade[document].discard(id)
        if self._state is not None and not self._unmade[document] and self._asked[document] == (document,):
            self._state.add_whole(document, self._wanted, self._keys[document], self._ids[document])

    def remember(self) -> None:
        """Writes the list of what is as it should be now, and reports what the proof-reader says of it.

        An output folder that cannot be written is told by then.
        """
        # PDFs from elsewhere come last.
        for path in sorted(self._remarks, key=lambda path: (path.startswith("annexes/"), path)):
            self.report.remarks += self._remarks[path]
        if self._state is not None and (self.report.built or self.report.unchanged):
            sweep(self._options.output)
            with suppress(OutputError):
                replace_together(self._state.files())

    def _remarks_key(self, path: str) -> str:
        return self._file_keys.remarks(path, self._options.content.as_posix())

    def _paths(self, id: str) -> list[Path]:
        return [_path(self._options, id, format) for format in self._options.formats]

    def _keep(self, kept: Kept) -> None:
        for folder in {path.parent for path in self._paths(kept.id)}:
            sweep(folder)
        self.report.unchanged.append(kept.id)
        self._tell(kept.id, kept.pages, kept.limit, kept.notices)

    def _tell(self, id: str, pages: float, limit: int, notices: Iterable[Problem]) -> None:
        if limit:
            self.report.lengths.append(Length(id, pages, limit))
        self.report.notices += renamed(notices, self._options.content, self._options.templates)

    def _fail(self, problems: Iterable[Problem]) -> None:
        self.report.problems += renamed(problems, self._options.content, self._options.templates)


def _path(options: BuildOptions, document_id: str, format: Format, what: str = "") -> Path:
    return options.output / f"{document_id}{options.edition.suffix}{what}.{format}"


def _pack_path(options: BuildOptions, document_id: str) -> Path:
    """`case/x-med-bilag.pdf`, `meeting/x/moedemappe.pdf`."""
    if document_id.startswith("meeting/"):
        return _path(options, f"{document_id.rsplit('/', 1)[0]}/moedemappe", Format.PDF)
    return _path(options, document_id, Format.PDF, "-med-bilag")


def renamed(problems: Iterable[Problem], content: Path, templates: Path) -> list[Problem]:
    """Problems with their places in the folders that were read, where these have other names."""
    folders = {"content": content.as_posix(), "templates": templates.as_posix()}
    renamed = []
    for problem in problems:
        folder, _, rest = problem.origin.file.partition("/")
        file = f"{folders[folder]}/{rest}" if folder in folders and rest else problem.origin.file
        renamed.append(replace(problem, origin=replace(problem.origin, file=file)))
    return renamed
