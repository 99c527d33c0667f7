"""One build: what must be made, what is left as it is, and what is put in place, noted and reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import assert_never

from docgen.build.bases import keep_bases, prune_bases
from docgen.build.batch import Batch, Built, Outcome, Planned, Proofread, Target, UpToDate
from docgen.build.cache import BuildCache, CachedRendering, FileKeys
from docgen.build.options import BuildOptions
from docgen.build.outputs import output_path, output_paths, pack_path
from docgen.build.report import Reporter
from docgen.document_id import DocumentId
from docgen.files import remove_written, replace_together, sweep
from docgen.folder import FolderFiles
from docgen.packed import PackedRows
from docgen.problems import DocgenError, OutputError
from docgen.project import Project
from docgen.structs import Struct

MANY = 1_000
"""Documents; of more than so many the files are not kept in memory, but read again when they are made."""

_AT_A_TIME = 256  # documents that are looked at before their files are let go

_Requested = Mapping[DocumentId, tuple[str, ...]]


class Plan:
    """What a build has to make: the documents that are not as they were, a batch at a time."""

    def __init__(self, options: BuildOptions, project: Project, cache: BuildCache | None) -> None:
        self.target = Target(options.formats, options.edition, options.with_annexes)
        self.keys: dict[DocumentId, str] = {}
        """By document that is under way a hash of all that it could be made of, where there is a list of what was
        made."""
        self._remarks = PackedRows[list[str]]()
        self._remark_keys: dict[str, str] = {}  # of files that are on their way to the proof-reader
        self._options, self._project, self._cache = options, project, cache
        self._file_keys = FileKeys(project)

    def up_to_date(self, document: DocumentId, names: tuple[str, ...]) -> Mapping[DocumentId, CachedRendering] | None:
        """The renderings of a document of which an earlier run made all, of the same files, and read these; None where
        it must be looked at."""
        if self._cache is None:
            return None
        if names != (str(document),) or not self._cache.was_made_whole(document, self.target):
            return None
        ids = self._cache.made_whole(document, self.target, self._file_keys.document(document))
        if ids is None or len(cached := self.cached(ids)) < len(ids) or self._to_proofread(document):
            return None
        return cached

    def cached(self, ids: Iterable[DocumentId]) -> dict[DocumentId, CachedRendering]:
        """Those of some renderings whose files are as they were written."""
        if self._cache is None:
            return {}
        found = {id: self._cache.rendering(id, self.target, self._paths(id)) for id in ids}
        return {id: one for id, one in found.items() if one is not None}

    def files_of(self, id: DocumentId, rendering: CachedRendering) -> Mapping[str, str]:
        """The files that are asked for of a rendering, its pack included, each with the hash that it was written with,
        by path in the output folder."""
        assert self._cache is not None
        return {path: rendering.files[path] for path in self._cache.asked_of(rendering, self._paths(id))}

    def _paths(self, id: DocumentId) -> list[Path]:
        shown = self._cache.shown_id(id, self.target) if self._cache is not None else id
        return output_paths(self._options, shown)

    def batches(self, requested: _Requested, size: int) -> Iterator[Batch]:
        """The documents to make, `size` at a time."""
        waiting = iter(requested.items())
        cache = self._cache
        while some := dict(islice(waiting, size)):
            part = self._project.part_of(tuple(some))
            if cache is not None:
                self.keys.update((document, self._file_keys.document(document)) for document in some)
            earlier = [id for document in some for id in (cache.renderings_of(document, self.target) if cache else ())]
            to_proofread = {document: paths for document in some if (paths := self._to_proofread(document))}
            if len(requested) > MANY:
                self.let_go()
            yield Batch(
                part,
                some,
                self.target,
                {document: self.keys.get(document, "") for document in some},
                {id: one.key for id, one in self.cached(earlier).items()},
                to_proofread,
                self._options.content.as_posix(),
            )

    def let_go(self) -> None:
        """Keeps no files in memory but what all documents share, and nothing that was told from the others."""
        files = self._project.content_files
        if isinstance(files, FolderFiles):
            files.forget(frozenset(self._project.graph.shared))
            self._project.graph.forget()
            self._file_keys.let_go()

    def take_remarks(self, remarks: Mapping[str, list[str]]) -> None:
        """Keeps what the proof-reader has said of files now."""
        for path, lines in remarks.items():
            self._keep_remarks(path, lines)
            if self._cache is not None and (key := self._remark_keys.pop(path, "")):
                self._cache.add_remarks(path, key, lines)

    def remarks(self) -> Iterator[list[str]]:
        """What the proof-reader said, now or earlier, of each file, in order of their paths, but PDFs from elsewhere
        come last."""
        return (lines for _, lines in self._remarks)

    def _keep_remarks(self, path: str, lines: list[str]) -> None:
        if lines:
            self._remarks.add(f"{int(path.startswith('annexes/'))}{path}", lines)

    def _to_proofread(self, document: DocumentId) -> tuple[str, ...]:
        """The files of a document that must be proof-read; what was said of the others is told again."""
        if not self._options.proofread:
            return ()
        left = []
        for path in self._project.graph.own_files(document):
            if self._cache is None:
                left.append(path)
                continue
            key = self._file_keys.remarks(path, self._options.content.as_posix())
            if (lines := self._cache.remarks(path, key)) is None:
                left.append(path)
                self._remark_keys[path] = key
            else:
                self._keep_remarks(path, lines)
        return tuple(left)


class _UnderWay(Struct):
    """A document that is made: its renderings, those that are still to come, and whether one could not be made."""

    ids: tuple[DocumentId, ...]
    left: set[DocumentId]
    failed: bool = False


class Run:
    """One build, as it goes on."""

    def __init__(self, options: BuildOptions, project: Project, reporter: Reporter) -> None:
        self._options, self._reporter = options, reporter
        self._cache = BuildCache(options.output, force=options.force) if options.incremental else None
        self._plan = Plan(options, project, self._cache)
        self._documents = project.graph
        self._requested: _Requested = {}
        self._kept = 0  # bases
        self._under_way: dict[DocumentId, _UnderWay] = {}
        self.as_before: dict[str, str] | None = None
        """Where every document was as it was, and nothing had to be removed: the hash of each file, by its path in the
        output folder. Of very many there is none, for their content is not in memory."""

    def changed(self, requested: _Requested) -> _Requested:
        """The documents that must be read; the others are reported as unchanged."""
        left, found = {}, dict[str, str]()
        many = len(requested) > MANY
        for number, (document, names) in enumerate(requested.items()):
            cached = self._plan.up_to_date(document, names)
            if many and number % _AT_A_TIME == 0:
                self._plan.let_go()
            if cached is None:
                left[document] = names
            else:
                for id, rendering in cached.items():
                    self._leave(id, rendering)
                    if not many:
                        found |= self._plan.files_of(id, rendering)
        if many:
            self._plan.let_go()
        elif not left:
            self.as_before = found
        self._requested = left
        self._reporter.expect(len(left))
        return left

    def batches(self, size: int) -> Iterator[Batch]:
        """What must be made, `size` documents at a time."""
        return self._plan.batches(self._requested, size)

    def take(self, outcome: Outcome) -> None:
        """Puts in place, notes and reports what became of a batch."""
        match outcome:
            case Planned(ids, problems):
                self._begin(ids)
                self._reporter.read(len(ids), sum(map(len, ids.values())))
                self._reporter.fail(problems)
            case UpToDate(id):
                self._reporter.skip()
                self._leave(id, self._plan.cached([id]).get(id))
                self._is_done(id)
            case Built():
                self._place(outcome)
                self._reporter.done()
            case Proofread(remarks):
                self._plan.take_remarks(remarks)
            case _:
                assert_never(outcome)

    def finish(self) -> None:
        """Writes the list of what is as it should be now, and reports what the proof-reader says of it.

        An output folder that cannot be written is told by then.
        """
        for lines in self._plan.remarks():
            self._reporter.remark(lines)
        report = self._reporter.report
        if self._cache is not None:
            self._clear()
        if self._cache is not None and (report.built or report.unchanged):
            sweep(self._options.output)
            with suppress(OutputError):
                replace_together(self._cache.files())
        prune_bases(self._options.content, self._kept)

    def _clear(self) -> None:
        """Removes what earlier runs made of what is no more; of the documents that could be read."""
        assert self._cache is not None
        removed, changed = remove_written(self._options.output, self._cache.take_stale(self._documents))
        if removed or changed:
            self.as_before = None
        for path in removed:
            self._reporter.notice(path, "filen er fjernet, for den var lavet af et indhold, der er ændret siden", "")
        for path in changed:
            hint = "slet den, hvis den ikke skal bruges"
            self._reporter.notice(path, "filen er ændret, siden docgen lavede den, og hører til et ældre indhold", hint)

    def _begin(self, planned: Mapping[DocumentId, tuple[DocumentId, ...]]) -> None:
        """Some documents have turned out to have these renderings, which come now."""
        for document, ids in planned.items():
            if ids and self._is_whole(document) and self._cache is not None:
                self._cache.leave_only(document, ids)
            if ids:
                self._under_way[document] = _UnderWay(ids, set(ids))
            else:
                self._plan.keys.pop(document, None)

    def _is_whole(self, document: DocumentId) -> bool:
        return self._requested.get(document) == (str(document),)

    def _place(self, built: Built) -> None:
        """Puts all files of a rendering in place, or none."""
        options = self._options
        pack: Path | None = None
        try:
            if built.problems:
                raise DocgenError(built.problems)
            outputs = [
                (output_path(options, built.shown_id or built.id, format.name), built.outputs[format.name])
                for format in options.formats
            ]
            if built.pack is not None:
                pack = pack_path(options, built.pack.name)
                outputs.append((pack, built.pack.data))
            replace_together(outputs)
        except DocgenError as error:
            self._reporter.fail(error.problems)
            self._is_done(built.id, failed=True)
            return
        keep_bases(options.content, built.base)
        self._kept += len(built.base)
        if self._cache is not None:
            self._cache.add(built, self._plan.target, outputs, pack)
        self._reporter.tell(built.id, built.pages, built.limit, built.notices)
        self._is_done(built.id)
        self._reporter.built(built.id, [path for path, _ in outputs])

    def _leave(self, id: DocumentId, rendering: CachedRendering | None) -> None:
        """A rendering stays as it is; what a killed run left beside it does not."""
        for folder in {path.parent for path in output_paths(self._options, id)}:
            sweep(folder)
        self._reporter.up_to_date(id)
        if rendering is not None:
            self._reporter.tell(id, rendering.pages, rendering.limit, rendering.notices)

    def _is_done(self, id: DocumentId, *, failed: bool = False) -> None:
        """Notes that a document is made whole when the last of its renderings is there; then nothing of it is kept."""
        document = id.document
        one = self._under_way[document]
        one.left.discard(id)
        one.failed = one.failed or failed
        if one.left:
            return
        del self._under_way[document]
        key = self._plan.keys.pop(document, "")
        if self._cache is not None and not one.failed and self._is_whole(document):
            self._cache.add_whole(document, self._plan.target, key, one.ids)
