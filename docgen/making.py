"""One document after the other, or several at once: ids -> bytes. Pure; where they are put is `docgen.build`'s."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from docgen import pipeline
from docgen.document import Document
from docgen.issuing import issued_versions
from docgen.kinds.prepared import Edition
from docgen.pipeline import Format, Project
from docgen.problems import ContentError, DocgenError, Problem
from docgen.structs import Struct, field

if TYPE_CHECKING:
    from docgen.issuing.pack_parts import Pack

_LARGEST_CHUNK = 32  # documents that a worker is given at a time
_CHUNKS = 8  # that a worker is given at least; with fewer, some would wait for the last one


class Wanted(Struct, frozen=True):
    """What to make of each document; `with_annexes` also a case with its annexes, or a whole meeting, as one PDF."""

    formats: tuple[Format, ...]
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False


class Made(Struct, frozen=True):
    """A document in all its formats, or its problems; `pages` of at most `limit` (0 = no limit), and the hash of what
    it was made of."""

    id: str
    outputs: dict[Format, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pages: float = 0.0
    limit: int = 0
    pack: Pack | None = None
    source: str = ""


def make_each(
    project: Project, ids: Sequence[str], wanted: Wanted, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[Made]:
    """Each document in order. One's PDF is made while the next one is read and written: two at a time, so that memory
    stays flat. `meanwhile` is called while the last PDF is made, when there is nothing else to do but wait for it."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        waiting: deque[_Started | Made] = deque()
        for id in ids:
            try:
                waiting.append(_start(project, id, wanted, executor))
            except DocgenError as error:
                waiting.append(Made(id, problems=error.problems))
            if len(waiting) > 1:
                yield _finish(waiting.popleft())
        meanwhile()
        while waiting:
            yield _finish(waiting.popleft())


def make_with(executor: Executor, workers: int, project: Project, ids: Sequence[str], wanted: Wanted) -> Iterator[Made]:
    """Each document in order, made by an executor's workers: processes here, or machines elsewhere.

    A worker gets the files of its documents and what all have in common. No more is under way than the workers can take
    up, so that memory stays flat.
    """
    size = max(1, min(_LARGEST_CHUNK, -(-len(ids) // (_CHUNKS * workers))))
    chunks = deque(tuple(ids[start : start + size]) for start in range(0, len(ids), size))
    running: deque[Future[list[Made]]] = deque()
    while chunks or running:
        while chunks and len(running) < workers + 1:
            chunk = chunks.popleft()
            part = Project(
                _files_for(project, chunk),
                dict(project.template_files),
                project.font_directories,
                checked=True,
                lenient=True,
            )
            running.append(executor.submit(_make_chunk, part, chunk, wanted))
        yield from running.popleft().result()


def _files_for(project: Project, ids: Sequence[str]) -> dict[str, bytes]:
    """The content without the cases that none of some documents is: cases and policies need no others."""
    if not {id.split("/")[0] for id in ids} <= {"case", "policy"}:
        return dict(project.content_files)
    own = {f"cases/{id.split('/')[1]}.yaml" for id in ids if id.startswith("case/")}
    return {
        path: data
        for path, data in project.content_files.items()
        if path in own or not path.startswith(("cases/", "meetings/"))
    }


def _make_chunk(part: Project, ids: tuple[str, ...], wanted: Wanted) -> list[Made]:
    """In a worker."""
    return list(make_each(part, ids, wanted))


class _Started(Struct):
    """A document on its way: what is written of it, what was wrong, and its PDF and length, still in the making."""

    id: str
    outputs: dict[Format, bytes]
    problems: list[Problem]
    limit: int
    pdf: Future[tuple[bytes, float]] | None
    pack: Future[Pack] | None
    source: str


def _start(project: Project, id: str, wanted: Wanted, executor: ThreadPoolExecutor) -> _Started:
    """Typst works in a thread, without the interpreter's lock, while the other formats are written."""
    document = pipeline.build_tree(project, id, wanted.edition)
    if changed := issued_versions.check_version(project, document, wanted.edition):
        raise ContentError([changed])
    limit = pipeline.prepare(project, id, wanted.edition).page_limit or 0
    as_pdf = Format.PDF in wanted.formats
    pdf = executor.submit(_write_pdf, project, document, wanted.edition, bool(limit)) if as_pdf else None
    pack = _start_pack(project, id, wanted.edition, executor) if wanted.with_annexes else None
    source = pipeline.source_hash(project, id, wanted.edition)
    started = _Started(id, {}, [], limit, pdf, pack, source)
    for format in wanted.formats:
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
    if not measured:
        return data, 0.0
    from docgen.writers import pdf

    return data, pdf.length_of(data)


def _finish(started: _Started | Made) -> Made:
    """Waits for the PDF and the pack."""
    if isinstance(started, Made):
        return started
    pages, pack = 0.0, None
    try:
        if started.pdf is not None:
            started.outputs[Format.PDF], pages = started.pdf.result()
        if started.pack is not None and not started.problems:
            pack = started.pack.result()
    except DocgenError as error:
        started.problems += error.problems
    if started.problems:
        return Made(started.id, problems=tuple(dict.fromkeys(started.problems)))
    limit = started.limit if started.pdf is not None else 0
    return Made(started.id, started.outputs, (), pages, limit, pack, started.source)
