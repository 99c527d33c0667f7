"""The stages in order for one document: content -> model -> Markdown -> tree -> bytes. Pure: no file, no clock."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from types import ModuleType

from docgen import __version__, danish
from docgen import templating as templates
from docgen.content.content import Content
from docgen.content.dependencies import document_of
from docgen.content.graph import Graph
from docgen.content.load import load_content, misplaced
from docgen.kinds.case import prepare as case
from docgen.kinds.follow_up import prepare as follow_up
from docgen.kinds.guide import prepare as guide
from docgen.kinds.meeting import prepare as meeting
from docgen.kinds.policy import prepare as policy
from docgen.kinds.prepared import Edition, Prepared, sentence
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.structs import Struct, replace
from docgen.tree import builder as tree_builder
from docgen.tree import typography
from docgen.tree.document import Document, has_cover
from docgen.tree.text import dump
from docgen.writers.theme import Theme, load_theme

_KINDS: dict[str, ModuleType] = {kind.KIND: kind for kind in (case, follow_up, guide, meeting, policy)}


class Format(StrEnum):
    """What a document can be written as; `tree` is the document tree as text, for people."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TREE = "tree"


class Entry(Struct, frozen=True):
    """A document that can be built: its id (`policy/…`), title, version and status."""

    id: str
    title: str
    version: str
    status: str


class Project(Struct, frozen=True, dict=True):
    """The two folders a document is made of, as `{path: bytes}`, and where fonts lie.

    Every place is named as if they were called `content` and `templates`, for a place is part of what is written.
    `checked` says that they are a document's embedded source (`project_of_source`), which was in order once; `lenient`
    that documents at fault are left out of the content. `known` are the paths of the whole content folder where
    `content_files` is a part of it.
    """

    content_files: Mapping[str, bytes]
    template_files: Mapping[str, bytes]
    font_directories: tuple[str, ...] = ()
    checked: bool = False
    lenient: bool = False
    known: tuple[str, ...] = ()

    @cached_property
    def content(self) -> Content:
        """The content; raises ContentError with all its problems."""
        return load_content(self.content_files, checked=self.checked, lenient=self.lenient, known=self.known)

    @cached_property
    def graph(self) -> Graph:
        """Which files each document is made of."""
        return Graph(self.content_files)

    @cached_property
    def theme(self) -> Theme:
        """The theme; raises TemplateError with all its problems."""
        return load_theme(self.template_files)

    @cached_property
    def _paths_but_cases(self) -> tuple[str, ...]:
        return tuple(path for path in self.content_files if not path.startswith("cases/"))

    @cached_property
    def _prepared(self) -> dict[tuple[str, Edition], Prepared]:
        return {}

    @cached_property
    def _sources(self) -> dict[tuple[str, Edition], bytes]:
        return {}

    def problems(self) -> tuple[Problem, ...]:
        """Every problem in the content and the theme, before any document is made of them."""
        found: list[Problem] = []
        for part in ("content", "theme"):
            try:
                getattr(self, part)
            except DocgenError as error:
                found += error.problems
        return DocgenError(found).problems


def list_documents(content: Content) -> tuple[Entry, ...]:
    """Every document of the content, in order of id."""
    entries = []
    for kind in _KINDS.values():
        for id in kind.ids(content):
            found = kind.prepare(content, id, Edition.PUBLIC)
            entries.append(Entry(id, found.title, found.version, str(found.status)))
    return tuple(sorted(entries, key=lambda entry: entry.id))


def asked_documents(project: Project, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What `names` stand for, as in `find_documents`, told from the folder's paths alone: by the document that has a
    file (`case/x`) the names that were asked for of it, which may be some of its renderings.

    Raises ContentError naming each that is unknown, or where a file has no place in the folder.
    """
    written = dict.fromkeys(project.graph.documents)
    asked: dict[str, list[str]] = {}
    unknown = any(misplaced([path for path in project.content_files if document_of(path) is None]))
    for name in names or written:
        document = "/".join(name.split("/")[:2])
        if document in written:
            asked.setdefault(document, []).append(name)
        elif found := [other for other in written if other.startswith(f"{name}/")]:
            asked.update((other, [other]) for other in found)
        else:
            unknown = True
    if unknown or not asked:  # it takes the whole content to say what is wrong, and what would be right
        if problems := project.problems():
            raise ContentError(problems)
        find_documents(project.content, names)
    return {
        document: (document,) if document in found else tuple(dict.fromkeys(found))
        for document, found in sorted(asked.items())
    }


def part_of(project: Project, documents: Sequence[str]) -> Project:
    """The part of a project that some documents (`case/x`) are made of, near or far."""
    graph = project.graph
    paths = {*graph.common, *(path for document in documents for path in graph.needed(document))}
    files = {path: project.content_files[path] for path in sorted(paths)}
    # Whoever names cases is told which there are; others need not carry tens of thousands of paths.
    names_cases = any(path.startswith(("follow_ups/", "meetings/")) for path in paths)
    known = tuple(project.content_files) if names_cases else project._paths_but_cases
    return replace(project, content_files=files, known=known)


def find_documents(content: Content, names: Sequence[str]) -> tuple[str, ...]:
    """The ids that `names` stand for: a document, all renderings of one, a kind alone (`policy`), and none = all.

    Documents at fault are left out. Raises ContentError naming each that is unknown.
    """
    known = sorted(id for kind in _KINDS.values() for id in kind.ids(content))
    if not names:
        return tuple(known)
    found: list[str] = []
    problems: list[Problem] = []
    for name in names:
        matching = [id for id in known if id == name or id.startswith(f"{name}/")]
        if not matching and not any(_belongs(fault, name) for fault in content.faults):
            hint = f"vælg {danish.enumerate(known, 'eller')}" if known else "der er ingen dokumenter i indholdet"
            problems.append(Problem(Origin(name), "dokumentet findes ikke", hint))
        found += matching
    if problems:
        raise ContentError(problems)
    return tuple(dict.fromkeys(found))


def faults_of(content: Content, names: Sequence[str]) -> tuple[Problem, ...]:
    """The problems of the documents at fault that `names` stand for, as in `find_documents`."""
    wanted = [id for id in content.faults if not names or any(_belongs(id, name) for name in names)]
    return tuple(problem for id in sorted(wanted) for problem in content.faults[id])


def _belongs(document: str, name: str) -> bool:
    """Whether a name stands for a document as it is written (`case/x`): itself, its kind, or a rendering of it."""
    return document == name or document.startswith(f"{name}/") or name.startswith(f"{document}/")


def own_files(names: Sequence[str]) -> tuple[str, ...]:
    """How the paths of the files begin that documents are written in: `case/x/y` -> `cases/x.yaml`."""
    folders = {
        "policy": "policies/",
        "case": "cases/",
        "follow-up": "follow_ups/",
        "meeting": "meetings/",
        "guide": "guides/",
    }
    found = []
    for name in names:
        kind, _, rest = name.partition("/")
        id = rest.split("/")[0]
        ending = "" if not id else "/" if kind == "policy" else ".yaml"
        found.append(f"{folders.get(kind, kind)}{id}{ending}")
    return tuple(found)


def prepare(project: Project, document_id: str, edition: Edition = Edition.PUBLIC) -> Prepared:
    """What a document is before its template is filled. Raises KeyError for an unknown id."""
    if found := project._prepared.get((document_id, edition)):
        return found
    made: Prepared = _KINDS[document_id.split("/", 1)[0]].prepare(project.content, document_id, edition)
    # Kept for the last document only, as its source is: it is asked for again and again while that is made.
    project._prepared.clear()
    project._prepared[document_id, edition] = made
    return made


def build_tree(project: Project, document_id: str, edition: Edition = Edition.PUBLIC) -> Document:
    """The tree of one document in one edition, ready for the writers.

    Raises KeyError for an unknown id, ContentError or TemplateError with every problem met.
    """
    prepared = prepare(project, document_id, edition)
    fingerprint = source_hash(project, document_id, edition)[:8]
    context = {**prepared.context, "fingerprint": fingerprint}
    rendered = templates.render(prepared.template, project.template_files, context)
    images = {path: data for path, data in prepared.files.items() if path.startswith("images/")}
    if prepared.charts:
        from docgen.writers.charts import draw as charts  # loaded only when one is drawn

        for path, chart in prepared.charts.items():
            images[path] = charts.draw(chart, project.theme, project.font_directories)
    built = tree_builder.build(rendered, images, prepared.citations)
    settings = project.content.settings
    document = Document(
        id=document_id,
        title=prepared.title,
        short_title=prepared.short_title,
        language=settings.language,
        author=str(settings.municipality.name),
        subject=prepared.subject,
        keywords=prepared.keywords,
        version=prepared.version,
        date=prepared.date,
        header=str(settings.municipality.name),
        footer=f"Version {prepared.version} · {sentence(prepared.status)}",
        mark="" if prepared.status.is_final else prepared.status.upper(),
        fingerprint=fingerprint,
        blocks=built.blocks,
        notes=built.notes,
    )
    document = typography.typeset(document, settings.house_style)
    problems = [*built.problems, *typography.check_links(document)]
    if problems:
        raise ContentError(problems)
    return document


def write(project: Project, document: Document, format: Format, edition: Edition = Edition.PUBLIC) -> bytes:
    """A document tree in one format. Raises WriterError where the format cannot show it."""
    if format is Format.TREE:
        return dump(document).encode()
    files = project.template_files
    theme = theme_of(project, document)
    if format is Format.HTML:
        from docgen.writers.html import writer as html

        return html.write_document(document, theme, files)
    if format is Format.DOCX:
        from docgen.writers.docx import writer as docx

        return docx.write_document(document, theme, files, document.fingerprint, project.font_directories)
    return begin_pdf(project, document, edition)()


def begin_pdf(project: Project, document: Document, edition: Edition = Edition.PUBLIC) -> Callable[[], bytes]:
    """What writes a document tree as a PDF when it is called, in a thread for example; see `pdf.begin_document`."""
    from docgen.writers.pdf import writer as pdf

    source, theme = source_of(project, document.id, edition), theme_of(project, document)
    return pdf.begin_document(document, theme, project.template_files, source, project.font_directories)


def theme_of(project: Project, document: Document) -> Theme:
    """The look of a document, which depends on whether it has a title page."""
    return project.theme if has_cover(document) else project.theme.without_cover()


def source_of(project: Project, document_id: str, edition: Edition = Edition.PUBLIC) -> bytes:
    """The whole source of a document as JSON, sorted: docgen's version, the document's id, and the text of each file
    that it is made of.

    It is what the PDF carries and what the fingerprint is made from; in the public edition it holds nothing closed.
    """
    if found := project._sources.get((document_id, edition)):
        return found
    prepared = prepare(project, document_id, edition)
    files = {f"content/{path}": data for path, data in prepared.files.items()}
    used = templates.needed(prepared.template, project.template_files)
    files |= {f"templates/{path}": data for path, data in used.items()}
    texts = {path: _text(files[path]) for path in sorted(files)}
    record = {"docgen": __version__, "document": document_id, "edition": edition.value, "files": texts}
    # Kept for the last document only: it is asked for twice, and a batch must not grow with its documents.
    project._sources.clear()
    project._sources[document_id, edition] = source = json.dumps(record, ensure_ascii=False, indent=1).encode()
    return source


def source_hash(project: Project, document_id: str, edition: Edition = Edition.PUBLIC) -> str:
    """SHA-256 of a document's source, in hexadecimal; its first eight digits are the document's fingerprint."""
    return hashlib.sha256(source_of(project, document_id, edition)).hexdigest()


def project_of_source(source: bytes, font_directories: tuple[str, ...] = ()) -> tuple[Project, str, Edition]:
    """What `source_of` gave, as a project that makes the same document again, and the document's id and edition.

    Raises ContentError for bytes that are no such source.
    """
    try:
        record = json.loads(source)
        document, edition = str(record["document"]), Edition(record["edition"])
        files = {str(path): _data(data) for path, data in record["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "brug en fil, som docgen har lavet"
        raise ContentError([Problem(Origin("kilde.json"), "kilden kan ikke læses", hint)]) from None

    def part(folder: str) -> dict[str, bytes]:
        return {path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)}

    return Project(part("content/"), part("templates/"), font_directories, checked=True), document, edition


def _data(text: str | dict[str, str]) -> bytes:
    return text.encode() if isinstance(text, str) else b64decode(text["base64"])


def _text(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}
