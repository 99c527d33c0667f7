"""One document after the other, or several at once: names -> bytes. Pure; `docgen.build.run` puts them in place.

A build is made of batches: some documents, and no more of the content than these are made of. So memory stays flat
however large the folder is, and whoever makes a batch, this process or another, needs nothing else.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from docgen.build.aside import begin
from docgen.build.bases import base_files
from docgen.build.outputs import output_name
from docgen.build.selection import find_documents, problems_of_invalid
from docgen.document_id import DocumentId
from docgen.files import tools_key
from docgen.kinds.edition import Edition
from docgen.ledger.records import record_index
from docgen.pipeline import Job, let_go
from docgen.problems import ContentError, DocgenError, Problem
from docgen.project import Project
from docgen.structs import Struct, field
from docgen.writers.formats import DOCX, HTML, Format

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ThreadPoolExecutor

    from docgen.packs.parts import Pack


class Target(Struct, frozen=True):
    """What to make of each document; `with_annexes` also a case with its annexes, or a whole meeting, as one PDF."""

    formats: tuple[Format, ...]
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False


class Batch(Struct, frozen=True):
    """Documents to make together, and the part of the project that they are made of.

    `requested` has the names that were asked for by document, `keys` a hash by document of all that it is made of, and
    `cached` the key of each rendering (by id) that is there already. `to_proofread` has by document the files to
    proof-read, whose folder is called `folder` in remarks.
    """

    project: Project
    requested: Mapping[DocumentId, tuple[str, ...]]
    target: Target
    keys: Mapping[DocumentId, str] = field(default_factory=dict)
    cached: Mapping[DocumentId, str] = field(default_factory=dict)
    to_proofread: Mapping[DocumentId, tuple[str, ...]] = field(default_factory=dict)
    folder: str = "content"


class Planned(Struct, frozen=True):
    """What a batch's documents turned out to be: the ids of their renderings, none of an invalid one; and problems."""

    ids: Mapping[DocumentId, tuple[DocumentId, ...]]
    problems: tuple[Problem, ...]


class UpToDate(Struct, frozen=True):
    """A rendering that need not be made: it would be made of just what it was made of."""

    id: DocumentId


class Built(Struct, frozen=True):
    """A rendering in all its formats (by name), or its problems; `pages` of at most `limit` (0 = no limit), the key of
    what it was made of, what its files are called (None: as it is), the hash of its source, `notices`: what the
    reader should know of it, and `base`: what stays at home of it in the content folder, by path there."""

    id: DocumentId
    outputs: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pages: float = 0.0
    limit: int = 0
    pack: Pack | None = None
    key: str = ""
    shown_id: DocumentId | None = None
    source: str = ""
    notices: tuple[Problem, ...] = ()
    base: Mapping[str, bytes] = field(default_factory=dict)


class Proofread(Struct, frozen=True):
    """What the proof-reader says of the files that it read."""

    remarks: Mapping[str, list[str]]


Outcome = Planned | UpToDate | Built | Proofread


def make_batch(batch: Batch, *, aside: bool = False) -> Iterator[Outcome]:
    """What becomes of a batch: first what its documents are, then each of them, at last what was proof-read; `aside`
    says that this may be done beside the others, by another core.

    Raises DocgenError where what all documents have in common is at fault, or a name is unknown.
    """
    project = batch.project
    if problems := project.shared_problems():
        raise DocgenError(problems)
    names = [name for requested in batch.requested.values() for name in requested]
    ids = {document: find_documents(project, requested) for document, requested in batch.requested.items()}
    yield Planned(ids, problems_of_invalid(project.content, names))
    changed = []
    for document, found in ids.items():
        for id in found:
            key = batch.keys.get(document, "")
            if id in batch.cached and batch.cached[id] == _key_now(project, id, batch.target, key):
                yield UpToDate(id)
            else:
                changed.append((id, key))
    paths = dict.fromkeys(path for document, paths in batch.to_proofread.items() if ids[document] for path in paths)
    proofread = partial(_proofread, batch, paths)
    if aside and paths and changed and (reading := begin(proofread)) is not proofread:
        yield from _make_each(project, changed, batch.target, tools_key)  # asked for when the list is written
        yield reading()
        return
    read: list[Proofread] = []
    yield from _make_each(project, changed, batch.target, lambda: read.append(proofread()))
    yield from read


def make_with(executor: Executor, workers: int, batches: Iterable[Batch]) -> Iterator[Outcome]:
    """What becomes of batches, in order, made by an executor's workers: processes here, or machines elsewhere.

    No more is under way than the workers can take up, so that memory stays flat.
    """
    running: deque[Future[list[Outcome]]] = deque()
    for batch in batches:
        running.append(executor.submit(_make_whole, batch))
        if len(running) > workers:
            yield from running.popleft().result()
    while running:
        yield from running.popleft().result()


def _make_whole(batch: Batch) -> list[Outcome]:
    """In a worker."""
    return list(make_batch(batch))


def _key_now(project: Project, id: DocumentId, target: Target, all_files: str) -> str:
    try:
        return _key(Job(project, id, target.edition), target, all_files)
    except DocgenError:
        return ""  # its problems are reported when it is made


def _key(job: Job, target: Target, all_files: str) -> str:
    """A hash of all that a rendering is made of: its own source; with annexes all files that it could take in; and its
    records in the ledger, which say whether it may be made at all."""
    ledger = hashlib.sha256(b"\0".join(record_index(job.project).of(str(job.shown_id)))).hexdigest()
    parts = (job.source_hash, ledger, all_files if target.with_annexes else "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _proofread(batch: Batch, paths: Iterable[str]) -> Proofread:
    if not paths:
        return Proofread({})
    from docgen.proofing import proofread

    return Proofread(proofread.remarks(batch.project.content, batch.folder, paths))


# -- one document -------------------------------------------------------------------------------------------------


def _make_each(
    project: Project, ids: Sequence[tuple[DocumentId, str]], target: Target, meanwhile: Callable[[], object]
) -> Iterator[Built]:
    """Each rendering in order, given with the hash of all files that it could take in.

    One's PDF is made while the next one is read and written: two at a time, so that memory stays flat. `meanwhile` is
    called while the last PDF is made, when there is nothing else to do but wait for it.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as executor:
        waiting: deque[_Started | Built] = deque()
        for id, all_files in ids:
            try:
                waiting.append(_start(Job(project, id, target.edition), target, all_files, executor))
            except DocgenError as error:
                waiting.append(Built(id, problems=error.problems))
            if len(waiting) > 1:
                yield _finish(waiting.popleft())
        meanwhile()
        while waiting:
            yield _finish(waiting.popleft())


class _Started(Struct):
    """A document on its way: what is written of it, what was wrong, and what is still in the making: formats with their
    length in pages, those to write at last, and its pack."""

    job: Job
    outputs: dict[str, bytes]
    problems: list[Problem]
    limit: int
    unfinished: dict[str, Future[tuple[bytes, float]]]
    last: tuple[Format, ...]
    pack: Future[Pack] | None
    key: str


def _start(job: Job, target: Target, all_files: str, executor: ThreadPoolExecutor) -> _Started:
    """Typst works in a thread, without the interpreter's lock, while the other formats are written."""
    limit = job.prepared.page_limit or 0
    job.beside = tuple(_beside(job, target))
    job.tree  # noqa: B018 (its problems are raised before anything is begun)
    unfinished = {
        format.name: executor.submit(_finish_format, format, job.begin(format), bool(limit))
        for format in target.formats
        if format.concurrent
    }
    from docgen.ledger.versions import check_version

    if changed := check_version(job):
        raise ContentError([changed])
    pack = _start_pack(job, executor) if target.with_annexes else None
    at_once = [format for format in target.formats if not format.concurrent]
    last = tuple(format for format in at_once if format.last)
    started = _Started(job, {}, [], limit, unfinished, last, pack, _key(job, target, all_files))
    _write(started, [format for format in at_once if not format.last])
    for format in target.formats:
        if format.name in unfinished:
            format.load_proof()
    return started


def _beside(job: Job, target: Target) -> Iterator[str]:
    """What a web page may lead to: the files of the document in other formats, which are put into the same folder."""
    for format in target.formats:
        if format.issued and format.name != HTML.name:  # in a worker it is a copy
            yield output_name(job.shown_id, target.edition, format.name).rpartition("/")[2]


def _write(started: _Started, formats: Iterable[Format]) -> None:
    for format in formats:
        try:
            started.outputs[format.name] = started.job.write(format)
        except DocgenError as error:
            started.problems += error.problems


def _start_pack(job: Job, executor: ThreadPoolExecutor) -> Future[Pack] | None:
    """The case with its annexes, where it has any, or the whole meeting; what reads PDFs is loaded only then."""
    from docgen.packs.registry import find_pack

    pack = find_pack(job)
    return None if pack is None else executor.submit(pack.write, job)


def _finish_format(format: Format, write: Callable[[], bytes], measured: bool) -> tuple[bytes, float]:
    data = write()
    return data, format.pages_of(data) if measured and format.pages_of is not None else 0.0


def _finish(started: _Started | Built) -> Built:
    """Waits for what is not finished."""
    if isinstance(started, Built):
        return started
    pages, pack = 0.0, None
    _write(started, started.last)
    try:
        for name, future in started.unfinished.items():
            started.outputs[name], length = future.result()
            pages = pages or length
        if started.pack is not None and not started.problems:
            pack = started.pack.result()
    except DocgenError as error:
        started.problems += error.problems
    if started.problems:
        return Built(started.job.id, problems=tuple(dict.fromkeys(started.problems)))
    from docgen.ledger.versions import in_new_look

    look = in_new_look(started.job, started.outputs)
    notices = (*((look,) if look is not None else ()), *(pack.notices if pack is not None else ()))
    built = Built(
        started.job.id,
        started.outputs,
        (),
        pages,
        started.limit if pages else 0,
        pack,
        started.key,
        started.job.shown_id,
        started.job.source_hash,
        notices,
        base_files(started.job.base) if DOCX.name in started.outputs else {},
    )
    let_go(started.job)
    return built
