"""From folders to files: which documents, in which formats, and where they lie.

The folders are read once into `{path: bytes}`; everything after that is pure. An output is written whole or not at all:
first to a temporary file beside it, then put in place in one step, so that earlier outputs survive an interrupted run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from docgen import pipeline
from docgen.build import batch as making
from docgen.build import workers
from docgen.build.batch import Outcome
from docgen.build.run import BuildOptions, BuildReport, Length, Run, renamed
from docgen.files import font_directories, read_folder
from docgen.pipeline import Entry, Project
from docgen.problems import DocgenError
from docgen.structs import replace

__all__ = [
    "BuildOptions",
    "BuildReport",
    "Length",
    "build_documents",
    "list_documents",
    "naming",
    "read_project",
    "renamed",
]


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
    document how many are done of how many that must be made, as far as that is known.

    `executor` makes them, any of `concurrent.futures` or like it; without, `options.jobs` processes do, or this one.

    A document with problems is left out whole and its problems are in the report; the others are built.
    Raises DocgenError when nothing can be built at all: the content as such is at fault, or a name is unknown.
    """
    with naming(options.content, options.templates), ExitStack() as stack:
        project = replace(read_project(options.content, options.templates), lenient=True)
        run = Run(options, project, progress, counted)
        left = run.changed(pipeline.asked_documents(project, options.documents))
        number = workers.count(options.jobs, len(left))
        if executor is None and number > 1:
            executor = stack.enter_context(workers.start(number, project.font_directories))
        portions = run.portions(left, workers.share(len(left), number if executor is not None else 0))
        outcomes: Iterator[Outcome]
        if executor is None:
            outcomes = (outcome for portion in portions for outcome in making.make_portion(portion))
        else:
            outcomes = making.make_with(executor, number, portions)
        try:
            for outcome in outcomes:
                run.take(outcome)
        finally:
            run.remember()
    return run.report


@contextmanager
def naming(content: Path, templates: Path) -> Iterator[None]:
    """Problems that leave this block name the folders as the caller did."""
    try:
        yield
    except DocgenError as error:
        raise type(error)(renamed(error.problems, content, templates)) from None
