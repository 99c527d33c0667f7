"""One document after the other, or several at once: names -> bytes. Pure; `docgen.commands.build` puts them in place.

A build is made of portions: some documents, and no more of the content than these are made of. So memory stays flat
however large the folder is, and whoever makes a portion, this process or another, needs nothing else.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from docgen import pipeline
from docgen.kinds.prepared import Edition
from docgen.ledger import versions as issued_versions
from docgen.pipeline import Format, Project
from docgen.problems import ContentError, DocgenError, Problem
from docgen.structs import Struct, field

if TYPE_CHECKING:
    from docgen.packs.parts import Pack
    from docgen.proofing.lexicon import Answers


class Wanted(Struct, frozen=True):
    """What to make of each document; `with_annexes` also a case with its annexes, or a whole meeting, as one PDF."""

    formats: tuple[Format, ...]
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False


class Portion(Struct, frozen=True):
    """Documents to make together, and the part of the project that they are made of.

    `asked` has the names that were asked for by document (`case/x`), `keys` a hash by document of all that it is made
    of, and `kept` the key of each rendering that is there already. `unread` has by document the files to proof-read,
    whose folder is called `folder` in remarks; `answers` is what is known of words.
    """

    project: Project
    asked: Mapping[str, tuple[str, ...]]
    wanted: Wanted
    keys: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    folder: str = "content"
    answers: Answers = field(default_factory=dict)


class Found(Struct, frozen=True):
    """What a portion's documents turned out to be: the ids of their renderings, none of one at fault; and problems."""

    ids: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


class Unchanged(Struct, frozen=True):
    """A rendering that need not be made: it would be made of just what it was made of."""

    id: str


class Made(Struct, frozen=True):
    """A rendering in all its formats, or its problems; `pages` of at most `limit` (0 = no limit), and the key of what
    it was made of."""

    id: str
    outputs: dict[Format, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pages: float = 0.0
    limit: int = 0
    pack: Pack | None = None
    key: str = ""


class Read(Struct, frozen=True):
    """What the proof-reader says of the files that it read, and what it learnt of words."""

    remarks: Mapping[str, list[str]]
    answers: Answers


Outcome = Found | Unchanged | Made | Read


def make_portion(portion: Portion) -> Iterator[Outcome]:
    """What becomes of a portion: first what its documents are, then each of them, at last what was proof-read.

    Raises DocgenError where what all documents have in common is at fault, or a name is unknown.
    """
    project = portion.project
    if problems := project.problems():
        raise DocgenError(problems)
    names = [name for asked in portion.asked.values() for name in asked]
    ids = {document: pipeline.find_documents(project.content, asked) for document, asked in portion.asked.items()}
    yield Found(ids, pipeline.faults_of(project.content, names))
    changed = []
    for document, found in ids.items():
        for id in found:
            if id in portion.kept and portion.kept[id] == _key_now(portion, document, id):
                yield Unchanged(id)
            else:
                changed.append((id, portion.keys.get(document, "")))
    unread = dict.fromkeys(path for document, paths in portion.unread.items() if ids[document] for path in paths)
    read: list[Read] = []
    yield from _make_each(project, changed, portion.wanted, lambda: read.append(_proofread(portion, unread)))
    yield from read


def make_with(executor: Executor, workers: int, portions: Iterable[Portion]) -> Iterator[Outcome]:
    """What becomes of portions, in order, made by an executor's workers: processes here, or machines elsewhere.

    No more is under way than the workers can take up, so that memory stays flat.
    """
    running: deque[Future[list[Outcome]]] = deque()
    for portion in portions:
        running.append(executor.submit(_make_whole, portion))
        if len(running) > workers:
            yield from running.popleft().result()
    while running:
        yield from running.popleft().result()


def _make_whole(portion: Portion) -> list[Outcome]:
    """In a worker."""
    return list(make_portion(portion))


def _key_now(portion: Portion, document: str, id: str) -> str:
    try:
        source = pipeline.source_hash(portion.project, id, portion.wanted.edition)
    except DocgenError:
        return ""  # its problems are told when it is made
    return _key(portion.project, source, portion.wanted, portion.keys.get(document, ""))


def _key(project: Project, source: str, wanted: Wanted, all_files: str) -> str:
    """A hash of all that a rendering is made of: its own source (given as its hash); with annexes all files that it
    could take in; and the ledger, which says whether it may be made at all."""
    ledger = hashlib.sha256(project.content_files.get("issued/head.json", b"")).hexdigest()
    parts = (source, ledger, all_files if wanted.with_annexes else "", *project.font_directories)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _proofread(portion: Portion, paths: Iterable[str]) -> Read:
    if not paths:
        return Read({}, {})
    from docgen.proofing import proofread as proof

    answers = dict(portion.answers)
    remarks = proof.remarks(portion.project.content, portion.folder, paths, answers)
    return Read(remarks, {word: answer for word, answer in answers.items() if word not in portion.answers})


# -- one document -------------------------------------------------------------------------------------------------


def _make_each(
    project: Project, ids: Sequence[tuple[str, str]], wanted: Wanted, meanwhile: Callable[[], object]
) -> Iterator[Made]:
    """Each rendering in order, given with the hash of all files that it could take in.

    One's PDF is made while the next one is read and written: two at a time, so that memory stays flat. `meanwhile` is
    called while the last PDF is made, when there is nothing else to do but wait for it.
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        waiting: deque[_Started | Made] = deque()
        for id, all_files in ids:
            try:
                waiting.append(_start(project, id, wanted, all_files, executor))
            except DocgenError as error:
                waiting.append(Made(id, problems=error.problems))
            if len(waiting) > 1:
                yield _finish(waiting.popleft())
        meanwhile()
        while waiting:
            yield _finish(waiting.popleft())


class _Started(Struct):
    """A document on its way: what is written of it, what was wrong, and its PDF and length, still in the making."""

    id: str
    outputs: dict[Format, bytes]
    problems: list[Problem]
    limit: int
    pdf: Future[tuple[bytes, float]] | None
    pack: Future[Pack] | None
    key: str


def _start(project: Project, id: str, wanted: Wanted, all_files: str, executor: ThreadPoolExecutor) -> _Started:
    """Typst works in a thread, without the interpreter's lock, while the other formats are written."""
    document = pipeline.build_tree(project, id, wanted.edition)
    limit = pipeline.prepare(project, id, wanted.edition).page_limit or 0
    pdf = None
    if Format.PDF in wanted.formats:
        pdf = executor.submit(_finish_pdf, pipeline.begin_pdf(project, document, wanted.edition), bool(limit))
    if changed := issued_versions.check_version(project, document, wanted.edition):
        raise ContentError([changed])
    pack = _start_pack(project, id, wanted.edition, executor) if wanted.with_annexes else None
    key = _key(project, pipeline.source_hash(project, id, wanted.edition), wanted, all_files)
    started = _Started(id, {}, [], limit, pdf, pack, key)
    for format in wanted.formats:
        if format is not Format.PDF:
            try:
                started.outputs[format] = pipeline.write(project, document, format)
            except DocgenError as error:
                started.problems += error.problems
    return started


def _start_pack(project: Project, id: str, edition: Edition, executor: ThreadPoolExecutor) -> Future[Pack] | None:
    """The case with its annexes, where it has any, or the whole meeting; what reads PDFs is loaded only then."""
    from docgen.packs import case as case_pack
    from docgen.packs import meeting as meeting_pack

    if meeting_pack.is_agenda(id):
        return executor.submit(meeting_pack.write_pack, project, id, edition)
    found = case_pack.has_annexes(project, id, edition)
    return executor.submit(case_pack.write_pack, project, id, edition) if found else None


def _finish_pdf(write: Callable[[], bytes], measured: bool) -> tuple[bytes, float]:
    data = write()
    if not measured:
        return data, 0.0
    from docgen.writers.pdf import writer as pdf

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
    return Made(started.id, started.outputs, (), pages, limit, pack, started.key)
