"""What the page is told, as plain data: documents, places, problems, findings, pages and saves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docgen import danish
from docgen.commands.import_files import review_path
from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import read_yaml
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.problems import DocgenError, Origin, Problem, printable
from docgen.project import Project
from docgen.proofing.report import message
from docgen.proofing.rule import Finding
from docgen.structs import replace
from docgen.studio.catalogue import Catalogue, labels, rendering_label
from docgen.studio.figures import Figures
from docgen.studio.forms import file_kind
from docgen.studio.places import editor_link, exact_place, scalar_at
from docgen.studio.session import Session, View
from docgen.writers.pdf.sheets import Sheets

Answer = dict[str, Any]


def print_of(data: bytes) -> str:
    """A short name for some bytes."""
    return hashlib.sha256(data).hexdigest()[:32]


def document_list(session: Session, catalogue: Catalogue, lengths: Mapping[str, Answer]) -> Answer:
    """Every document, by kind."""
    project = session.project
    return {
        "version": session.workspace.version,
        "folder": session.workspace.content.absolute().name,
        "kinds": labels(project.kinds),
        "documents": list(catalogue.listed(project)),
        "lengths": lengths,
        "problems": [problem_answer(session, one) for one in session.workspace.problems],
    }


def document_answer(session: Session, view: View, figures: Figures, save: int = 0) -> Answer:
    """A document as it is shown; its pictures are kept in `figures`."""
    project = session.project
    return {
        "version": session.workspace.version,
        "id": str(view.id),
        "title": view.title,
        "edition": view.edition.value,
        "internal": view.edition is Edition.INTERNAL,
        "renderings": [{"id": str(id), "label": rendering_label(project, id)} for id in view.renderings],
        "html": figures.by_address(view.html),
        "print": print_of(view.html),
        "save": save,
        "limit": view.limit,
        "problems": [problem_answer(session, problem) for problem in view.problems],
        "files": _files(project, view.id.document),
        "review": review_path(view.id, project.kinds) in project.content_files,
    }


def _files(project: Project, id: DocumentId) -> list[str]:
    """The files that a document is written in, the one that says most of it first."""
    kind = project.kinds[id.kind]
    files = project.graph.written_in(id)
    return sorted(files, key=lambda path: not kind.files[0].match(path.removeprefix(f"{kind.folder}/")))


def review_answer(session: Session, view: View) -> Answer:
    """The page that tells what to look at in a document that was imported. Raises KeyError where there is none."""
    data = session.project.content_files[review_path(view.id, session.project.kinds)]
    return {"html": data.decode("utf-8", "replace")}


def problem_answer(session: Session, problem: Problem) -> Answer:
    """A problem in words, and where it is; its `path` where its file can be filled in as a form."""
    words = printable(problem.message + (f"; {problem.hint}" if problem.hint else ""))
    file = _content_file(session, problem.origin.file)
    if not file:
        return {"words": words, **place_told(session, problem.origin)}
    own = place_told(session, replace(problem.origin, file=file))
    return {"words": words, **own, "path": list(problem.origin.path)}


def _content_file(session: Session, file: str) -> str:
    """A file that a problem names, as `content/…`; empty where it is none of the content, or no YAML as it stands."""
    folder = session.workspace.content.as_posix()
    inner = file.removeprefix(f"{folder}/").removeprefix("content/")
    project = session.workspace.project
    if project is None or file_kind(project, inner) is None or inner not in project.content_files:
        return ""
    try:
        read_yaml(file, project.content_files[inner])
    except DocgenError:
        return ""
    return f"content/{inner}"


def place_answer(session: Session, view: View, mark: int, word: str, before: str) -> Answer:
    """Where a word that is shown is written; `is_text` = it stands there as it is. Raises KeyError for a mark that
    there is not."""
    if not 0 < mark <= len(view.places):
        raise KeyError(mark)
    origin = view.places[mark - 1]
    scalar = scalar_at(view.project.content, origin) if view.project is not None else None
    found = exact_place(scalar, origin, word, before)
    return {**place_told(session, found), "is_text": scalar is not None and word in scalar}


def finding_answers(session: Session, view: View, findings: Iterable[Finding]) -> list[Answer]:
    """What the proof-reader found, and the marks of the parts that it can be shown in."""
    marks: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for number, origin in enumerate(view.places, 1):
        marks.setdefault((origin.file, origin.path), []).append(number)
    return [_finding(session, finding, marks) for finding in findings]


def _finding(session: Session, finding: Finding, marks: Mapping[tuple[str, tuple[str, ...]], list[int]]) -> Answer:
    hit, scalar = finding.hit, finding.hit.passage.scalar
    text = hit.passage.text
    path = scalar.origin.path if isinstance(scalar, Scalar) else ()
    return {
        **place_told(session, Origin(finding.file, finding.line, finding.column, path)),
        "code": finding.rule.code,
        "title": finding.rule.title,
        "severity": finding.rule.severity.value,
        "words": printable(text[hit.start : hit.end]),
        "right": hit.right,
        "safe": finding.is_safe and finding.span is not None,
        "path": list(path),
        "alternatives": list(hit.alternatives),
        "message": printable(message(finding)),
        "marks": marks.get((finding.file, path), []) if path else [],
        "at": hit.start / max(len(text), 1),
    }


def sheets_answer(view: View, sheets: Sheets, names: Sequence[str]) -> Answer:
    """The pages of a document by their names, its length, and where its parts stand."""
    return {
        "id": str(view.id),
        "edition": view.edition.value,
        "print": print_of(view.html),
        "pages": list(names),
        "places": [[place.mark, place.page, round(place.x, 1), round(place.y, 1)] for place in sheets.places],
        **length_answer(sheets.length, view.limit),
    }


def length_answer(pages: float, limit: int) -> Answer:
    """`2,4 sider (højst 3)`, and whether it is too much."""
    words = f"{danish.number(f'{pages:.4f}', 1)} {'side' if pages == 1 else 'sider'}"
    over = bool(limit) and pages > limit
    return {"length": words + (f" (højst {limit})" if limit else ""), "over": over}


def save_answers(session: Session, view: View) -> list[Answer]:
    """The last saves that changed a document's own files, the latest first: number, time and files."""
    own = {f"content/{path}" for path in session.project.graph.written_in(view.id.document)}
    return [
        {"save": save.number, "time": save.time, "files": [path for path in save.paths if path in own]}
        for save in reversed(session.workspace.saves)
        if own & set(save.paths)
    ]


def place_told(session: Session, origin: Origin) -> Answer:
    """A place, and the address that opens it in an editor."""
    path = session.path_of(origin.file)
    return {
        "file": origin.file,
        "line": origin.line,
        "column": origin.column,
        "link": editor_link(path, origin.line, origin.column) if path is not None else "",
    }
