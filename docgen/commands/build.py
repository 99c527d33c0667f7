"""`docgen build` and `docgen list`: from folders to files.

The folders are read once into `{path: bytes}`; everything after that is pure. An output is written whole or not at all:
first to a temporary file beside it, then put in place in one step, so that earlier outputs survive an interrupted run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import danish
from docgen.build import batch, workers
from docgen.build.batch import Outcome
from docgen.build.build_report import BuildReport
from docgen.build.elsewhere import not_well, not_well_by_name
from docgen.build.folders import folder_names, read_project, with_folder_names
from docgen.build.last_run import LastRun
from docgen.build.names import in_folder, issued_name
from docgen.build.options import BuildOptions
from docgen.build.report import Reporter
from docgen.build.run import Run
from docgen.build.selection import Entry, entry_of, rendering_ids, requested_documents
from docgen.files import installed, replace_together
from docgen.ledger.record import PACK
from docgen.packed import Packed
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.project import Project
from docgen.structs import Struct, replace
from docgen.writers.formats import issued_formats

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from docgen.ledger.records import Record


class Listing(Struct, frozen=True):
    """Every document that can be built, and what is not well, a problem for each of the others."""

    entries: tuple[Entry, ...]
    elsewhere: tuple[Problem, ...]


def list_all(content: Path, templates: Path) -> Listing:
    """Every document that can be built. Raises DocgenError where what all documents share is at fault."""
    with folder_names(content, templates):
        project = read_project(content, templates)
        if problems := project.shared_problems():
            raise ContentError(problems)
        entries, faults = [], list(not_well(project))
        for id in rendering_ids(project):
            try:
                entries.append(entry_of(project, id))
            except DocgenError as error:
                faults.append(error.problems[0])
    return Listing(tuple(entries), tuple(with_folder_names(faults, content, templates)))


def list_documents(content: Path, templates: Path) -> tuple[Entry, ...]:
    """The entries of `list_all`."""
    return list_all(content, templates).entries


def build_documents(
    options: BuildOptions,
    progress: Callable[[Path], None] = lambda path: None,
    executor: Executor | None = None,
    counted: Callable[[int, int], None] = lambda done, total: None,
    last: LastRun | None = None,
) -> BuildReport:
    """Builds documents in every format asked for; `progress` is told of each file written, and `counted` after each
    document how many are done of how many that must be made, as far as that is known.

    `executor` makes them, any of `concurrent.futures` or like it; without, the cluster that `options` names does, or
    `options.jobs` processes, or this one.

    A document with problems is left out whole and its problems are in the report; the others are built. What is not
    well elsewhere is told as far as the names of files tell it: no file is read but those that are built. `last` keeps
    what is told where all is as it was.
    Raises DocgenError when nothing can be built at all: what all share is at fault, or a name is unknown.
    """
    reporter = Reporter(options, progress, counted)
    with folder_names(options.content, options.templates), ExitStack() as stack:
        project = read_project(options.content, options.templates)
        run = Run(options, project, reporter)
        requested = requested_documents(project, in_folder(options.documents, options.content))
        left = run.changed(requested)
        outcomes = _made(options, run, project, len(left), executor, reporter, stack)
        try:
            with workers.stopped_by_system(options.output.as_posix()):
                for outcome in outcomes:
                    run.take(outcome)
        finally:
            run.finish()
        reporter.tell_elsewhere(not_well_by_name(project, requested))
        if last is not None and run.as_before is not None:
            last.keep(project.content_files, project.template_files, run.as_before, reporter.report)
    return reporter.report


def _made(
    options: BuildOptions,
    run: Run,
    project: Project,
    documents: int,
    executor: Executor | None,
    reporter: Reporter,
    stack: ExitStack,
) -> Iterator[Outcome]:
    """What becomes of so many documents: made by the executor, the cluster or the processes that were asked for, or
    here. What must be ended afterwards is put on the stack."""
    if executor is None and options.cluster is not None and documents:
        from docgen.build.cluster import connected

        cluster = stack.enter_context(connected(options.cluster, project, reporter.note))
        return cluster.make(run.batches(workers.share(documents, cluster.size)))
    number = workers.count(options.jobs, documents)
    if executor is None and number > 1:
        executor = stack.enter_context(workers.start(number, project.font_directories))
    batches = run.batches(workers.share(documents, number if executor is not None else 0))
    if executor is not None:
        return batch.make_with(executor, number, batches)
    return (outcome for one in batches for outcome in batch.make_batch(one, aside=not options.jobs))


def build(
    options: BuildOptions,
    progress: Callable[[Path], None] = lambda path: None,
    executor: Executor | None = None,
    counted: Callable[[int, int], None] = lambda done, total: None,
    last: LastRun | None = None,
) -> BuildReport:
    """As `build_documents`; a name with a version (`policy/x@1.0`) is that issued version, made first."""
    issued = [name for name in options.documents if "@" in name]
    others = tuple(name for name in options.documents if name not in issued)
    again, sentences = [], []
    for name in issued:
        paths, sentence = build_issued(name, options)
        again += paths
        sentences.append(sentence)
        for path in paths:
            progress(path)
    report = (
        BuildReport()
        if issued and not others
        else build_documents(replace(options, documents=others), progress, executor, counted, None if issued else last)
    )
    if again:
        report.written = Packed((*again, *report.written))
    report.issued += sentences
    return report


def build_issued(name: str, options: BuildOptions) -> tuple[list[Path], str]:
    """Makes an issued version (`policy/x@1.0`) again from its record, in the edition and formats of the options.

    Returns the files and a sentence on whether they are the same bytes. Raises ContentError where it is not issued.
    """
    from docgen.ledger.rebuild import kept_file, rebuild, when
    from docgen.ledger.records import erasures, records

    wanted = [format for format in options.formats if format.issued]
    if not wanted:
        hint = f"vælg {danish.enumerate([format.name for format in issued_formats()], 'eller')}"
        raise ContentError([Problem(Origin(name), "en udstedt version har ikke det format", hint)])
    with folder_names(options.content, options.templates):
        project = read_project(options.content, options.templates)
        record, outputs = rebuild(project, issued_name(project, name, options.content), options.edition, wanted)
    stem = f"{record.document}_v{record.version}{options.edition.suffix}"
    paths = [(options.output / f"{stem}.{format}", data) for format, data in outputs.items()]
    if options.with_annexes and (pack := kept_file(record, PACK, project.archive)) is not None:
        paths.append((options.output / f"{stem}-{PACK}.pdf", pack))
    replace_together(paths)
    gone = erasures(records(project.content_files), record)
    left_out = [f"{one.name} er slettet {when(gone[one.name])}" for one in wanted if one.name in gone]
    return [path for path, _ in paths], " ".join([_sentence(record, outputs), *(f"{told}." for told in left_out)])


def _sentence(record: Record, outputs: dict[str, bytes]) -> str:
    other = [name for name, data in outputs.items() if record.files[name].sha256 != hashlib.sha256(data).hexdigest()]
    if not other:
        return f"{record.document} {record.version}: samme bytes, som blev udstedt til mødet {record.meeting}."
    from docgen.ledger.verdicts import changed_makers

    changed = changed_makers(record, installed())
    why = f", for {', '.join(changed)} er ikke den samme som dengang" if changed else ""
    return f"{record.document} {record.version}: {', '.join(other)} har andre bytes end de udstedte{why}."
