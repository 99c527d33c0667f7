"""What `docgen build` would refuse, told before it is asked to: every layer of a document in one round.

A document that is at fault in one layer is looked at in the next ones, too, as far as it can be read: with stand-ins
for the values that are wrong, and without the blocks that cannot be. Nothing is ever written of that.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from docgen.content.fields import texts_of
from docgen.content.scalar import Scalar
from docgen.document_id import DocumentId
from docgen.kinds.document_fields import Annex
from docgen.ledger.versions import check_version
from docgen.packs.case import has_annexes, pack_problems
from docgen.pipeline import Job, theme_of
from docgen.problems import DocgenError, Problem
from docgen.project import Project
from docgen.template_values import CLOSE, OPEN, Rendered
from docgen.tree import builder, typography
from docgen.tree.document import Document
from docgen.tree.pictures import Pictures
from docgen.writers.formats import Format, Writing, default_formats
from docgen.writers.trial import may_be_refused, refusals, without_signs

_MARKUP = re.compile(r"\n|!\[|\]\(|[{}*`]|[^\x00-\u024f\u2000-\u206f]")
"""What a text has that is more than a line of words, or that a font may not have."""
_SIGN = re.compile(r"U\+[0-9A-F]{4,6}")
_ANNEX = "bilag:"
_DAY = datetime.date(2000, 1, 1)


def problems_of(job: Job) -> tuple[Problem, ...]:
    """What is wrong with one document that can be read: its texts, its version, and what only a trial shows."""
    try:
        document, found = job.draft
        problems = [*found, *_refusals(job.project, document, found)]
        if not problems and (changed := check_version(job)):
            problems.append(changed)
        if not problems and has_annexes(job):
            problems += pack_problems(job)
    except DocgenError as error:
        return error.problems
    return tuple(problems)


def deeper_problems(project: Project, own: Iterable[str] = ()) -> tuple[Problem, ...]:
    """What else is wrong with the documents that are at fault, beyond the first layer that is; with `own` only what
    stands in those files of the content folder."""
    try:
        foreseen = project.foreseen()
    except DocgenError:
        return ()
    seen = project.with_content(foreseen.content)
    told: set[object] = {_place(problem) for problem in foreseen.problems}
    told |= {_field(problem) for problem in foreseen.problems if problem.origin.path}
    found = list(foreseen.problems)
    for document in foreseen.at_fault:
        deeper = (problem for id in _renderings(seen, document) for problem in _of_stand_ins(Job(seen, id)))
        files = {f"content/{path}" for path in seen.graph.written_in(document)}
        found += [
            problem
            for problem in deeper
            if problem.origin.file in files and not {_place(problem), _field(problem)} & told
        ]
    wanted = {f"content/{path}" for path in own}
    return tuple(problem for problem in found if not wanted or problem.origin.file in wanted)


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.origin.file, problem.origin.line, problem.origin.column


def _field(problem: Problem) -> tuple[str, tuple[str, ...]]:
    return problem.origin.file, problem.origin.path


def _renderings(project: Project, document: DocumentId) -> Iterator[DocumentId]:
    try:
        yield from project.kinds[document.kind].ids(document.name, project.content.documents[document])
    except Exception:  # as below
        return


def _of_stand_ins(job: Job) -> tuple[Problem, ...]:
    """As `problems_of`, of a document with stand-ins in it."""
    try:
        document, found = job.draft
    except DocgenError as error:
        return error.problems
    except Exception:  # code that is written for documents that are whole; a stand-in may lead it anywhere
        document, found = _of_texts(job)
    with suppress(Exception):  # as above
        return (*found, *_refusals(job.project, document, found))
    return tuple(found)


def problems_of_texts(
    project: Project, id: DocumentId, texts: Sequence[Scalar], *, only_written: bool = False
) -> tuple[Problem, ...]:
    """What some texts of a document are refused for by themselves, whatever else is wrong with it: in reading them, and
    in writing them in each format (`only_written`: in this alone). What they refer to is taken to be there."""
    model = project.content.documents.get(id.document)
    document, found = _tree_of(project, id, texts, _Known(getattr(model, "annexes", ()), is_unread=model is None))
    return (*(() if only_written else found), *_refusals(project, document, found))


def _of_texts(job: Job) -> tuple[Document, tuple[Problem, ...]]:
    """The tree of a document's texts alone, one after the other, where they cannot be put where they belong."""
    model = job.project.content.documents[job.id.document]
    texts = [text for text in texts_of(model) if isinstance(text, Scalar) and _MARKUP.search(text)]
    return _tree_of(job.project, job.id, texts, _Known(getattr(model, "annexes", ())))


def _tree_of(
    project: Project, id: DocumentId, texts: Sequence[Scalar], known: _Known
) -> tuple[Document, tuple[Problem, ...]]:
    content = project.content
    rendered = Rendered("\n\n".join(f"{OPEN}{n}{CLOSE}" for n in range(len(texts))), tuple(texts), "", "")
    built = builder.build(rendered, Pictures(content.files), known)
    settings = content.settings
    document = Document(
        id=str(id), title=id.name, language=settings.language, author="", version="",
        date=_DAY, blocks=built.blocks, notes=built.notes,
    )  # fmt: skip
    return typography.typeset(document, settings.house_style), built.problems


class _Known(dict[str, tuple[str, str]]):
    """What texts may refer to, as far as the document says it itself: its annexes; all else is taken to be there, and
    the annexes too where `is_unread` says that the document is not."""

    def __init__(self, annexes: Iterable[Annex], *, is_unread: bool = False) -> None:
        super().__init__({f"{_ANNEX}{annex.id}": (str(annex.id), "") for annex in annexes})
        self._is_unread = is_unread

    def get(self, key: str, default: object = None) -> tuple[str, str] | None:  # type: ignore[override]
        """The words of a reference, and no anchor."""
        known = key.rpartition("#")[2]
        is_wrong = known.startswith(_ANNEX) and not self._is_unread
        return super().get(known, None if is_wrong else (known, ""))


def _refusals(project: Project, document: Document, found: Iterable[Problem]) -> Iterator[Problem]:
    """What a document is refused for when it is written, in any format, beside what was `found` in its tree: signs that
    no font has are told there already."""
    if may_be_refused(document):
        rest = without_signs(document)
        told = {sign for problem in found for sign in _SIGN.findall(problem.message)}
        for format in default_formats():
            for problem in refusals(rest, partial(_write, project, format)):
                signs = set(_SIGN.findall(problem.message))
                if not signs or signs - told:
                    yield problem


def _write(project: Project, format: Format, document: Document) -> None:
    given = (theme_of(project, document), project.template_files, lambda: b"{}", project.font_directories)
    format.begin(Writing(document, *given))()
