"""The stages in order for one document: content -> model -> Markdown -> tree -> bytes. Pure: no file, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from docgen import __version__, danish, template_files
from docgen.content.content import Content
from docgen.content.fields import texts_by_place, texts_of
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.annex_pages import pages_of
from docgen.kinds.document_fields import Annex, Status
from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.kinds.prepared import Prepared, sentence
from docgen.kinds.source import content_source
from docgen.problems import ContentError, Problem
from docgen.project import Project, to_source
from docgen.structs import replace
from docgen.tree.document import Document, has_cover
from docgen.writers.artwork import missing_icons
from docgen.writers.docx.base_text import Base, Value
from docgen.writers.docx.carriers import Line, WayHome
from docgen.writers.formats import Format, Writing, keep_lines_of_docx
from docgen.writers.theme import Theme

if TYPE_CHECKING:
    from docgen.tree.builder import Built
    from docgen.tree.pictures import Pictures

_WHITE = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8"/>'
_FOOT = 160
"""Signs that there is room for in the foot of a page."""
_SHARED = ("glossary.yaml", "organisation.yaml", "settings.yaml")


class Job:
    """One document in one edition, while it is made: each stage once, when it is asked for.

    Without `draws` charts are white: what reads words alone need not wait for them. `fingerprint` is shown instead of
    the source's own where the document is only looked at: that one is another after each change. `beside` are the names
    of its files in the same folder; set it before anything is written. Raises KeyError for an unknown id, ContentError
    or TemplateError with every problem met.
    """

    def __init__(
        self,
        project: Project,
        id: DocumentId | str,
        edition: Edition = Edition.PUBLIC,
        *,
        draws: bool = True,
        fingerprint: str = "",
    ) -> None:
        self.project, self.edition, self._draws, self._fingerprint = project, edition, draws, fingerprint
        self._lines: tuple[Line, ...] = ()
        self.beside: tuple[str, ...] = ()
        try:
            self.id = parse_id(id) if isinstance(id, str) else id
        except ValueError:
            raise KeyError(id) from None

    @property
    def kind(self) -> Kind:
        """The document's kind."""
        return self.project.kinds[self.id.kind]

    @cached_property
    def shown_id(self) -> DocumentId:
        """The id as the edition may tell it: the document's, or the neutral one of a closed one."""
        if self.edition is Edition.INTERNAL:
            return self.id
        neutral = self.project.neutral.get(self.id.document, self.id.document)
        return DocumentId(neutral.kind, neutral.name, self.id.rendering)

    @cached_property
    def content(self) -> Content:
        """The content as the edition may show it; of the document, and of what it refers to, there is what it shows.
        Raises ContentError where the document is invalid."""
        if problems := self.project.content.invalid.get(self.id.document):
            raise ContentError(problems)
        found = self.project.in_edition(self.edition)
        if self.shown_id.document not in found.documents:
            return found
        shown = self.kind.shown_with(found, self.shown_id)
        return replace(found, documents={**found.documents, **shown}) if shown else found

    @property
    def attachments(self) -> tuple[tuple[int, Annex], ...]:
        """What the document attaches that has something to show in the edition, each with its number."""
        return self.kind.attachments(self.content, self.shown_id, self.edition)

    @cached_property
    def prepared(self) -> Prepared:
        """What the document is before its template is filled."""
        return self.kind.prepare(self.content, self.shown_id, self.edition)

    @property
    def read_from(self) -> tuple[str, ...]:
        """The paths of the content files that the document is written in, near and far, and of what all share."""
        known = {shown: id for id, shown in self.project.neutral.items()} if self.edition is Edition.PUBLIC else {}
        documents = [known.get(id, id) for id in self.prepared.made_of]
        own = {path for id in documents for path in self.project.graph.written_in(id)}
        return tuple(sorted({*own, *(path for path in _SHARED if path in self.project.content_files)}))

    @cached_property
    def source(self) -> bytes:
        """The whole source of the document; see `docgen.project.to_source`.

        It is what the PDF carries and what the fingerprint is made from. It is normalised: of the content it holds what
        the edition shows, of the pictures those that are shown, of annexes the hash; and no comment.
        """
        prepared, project = self.prepared, self.project
        says = content_source(self.content, project.kinds, prepared.made_of)
        files: dict[str, bytes | Mapping[str, Any]] = {f"content/{path}": value for path, value in says.items()}
        files |= {f"content/{path}": data for path, data in self._shown_pictures.items()}
        used = template_files.needed(prepared.template, project.template_files)
        files |= {f"templates/{path}": template_files.without_comments(path, data) for path, data in used.items()}
        annexes = {f"content/annexes/{file}": self._facts(file) for file in prepared.counted}
        return to_source(__version__, self.shown_id, self.edition, files, annexes)

    def _facts(self, file: str) -> dict[str, Any]:
        """What the source has of an annex: the hash of its bytes, where these are here, and its pages."""
        data = self.content.files.get(f"annexes/{file}")
        hash = self.project.hashes.get(f"annexes/{file}", "") if data is None else hashlib.sha256(data).hexdigest()
        return {"sha256": hash, "pages": pages_of(self.content, file)}

    @cached_property
    def _shown_pictures(self) -> Mapping[str, bytes]:
        """The pictures that the document shows, by path, without their metadata. They are known when the tree is made,
        and what the tree says of its source is known when they are: so it is made once without, where there are any."""
        if not any(path.startswith("images/") for path in self.content.files) or not _may_show_pictures(self):
            return {}
        pictures = _pictures(self.content)
        self._build("", pictures)
        return pictures.shown

    @cached_property
    def source_hash(self) -> str:
        """SHA-256 of the source, in hexadecimal; its first eight digits are the document's fingerprint."""
        return hashlib.sha256(self.source).hexdigest()

    @cached_property
    def tree(self) -> Document:
        """The document's tree, ready for the writers. Raises ContentError with every problem in its texts."""
        document, problems = self.draft
        if problems:
            raise ContentError(problems)
        return document

    @cached_property
    def draft(self) -> tuple[Document, tuple[Problem, ...]]:
        """The document's tree of what can be read, without what cannot, and every problem in its texts."""
        from docgen.tree import typography

        prepared = self.prepared
        fingerprint = self._fingerprint or self.source_hash[:8]
        built = self._build(fingerprint, _pictures(self.content))
        settings = self.content.settings
        internal = _internal_words(prepared.closed, self.edition)
        document = Document(
            id=str(self.shown_id),
            title=prepared.title,
            short_title=prepared.short_title,
            language=settings.language,
            author=str(settings.municipality.name),
            subject=prepared.subject,
            keywords=prepared.keywords,
            version=prepared.version,
            date=prepared.date,
            header=str(settings.municipality.name),
            footer=" · ".join((f"Version {prepared.version}", sentence(prepared.status), *internal)),
            mark=" · ".join(_marks(prepared.status, self.edition)),
            fingerprint=fingerprint,
            blocks=built.blocks,
            notes=built.notes,
        )
        verbatim = getattr(prepared.written, "verbatim", False)
        document = typography.typeset(document, None if verbatim else settings.house_style)
        problems = [*built.problems, *typography.check_links(document)]
        problems += missing_icons(document, self.project.template_files)
        problems += typography.check_characters(document, {problem.message for problem in problems})
        return document, tuple(problems)

    def _build(self, fingerprint: str, pictures: Pictures) -> Built:
        from docgen import templating  # what fills and reads templates is loaded when something is made
        from docgen.tree import builder

        prepared, project = self.prepared, self.project
        context = replace(prepared.context, fingerprint=fingerprint)
        rendered = templating.render(prepared.template, project.template_files, context)
        if prepared.charts and self._draws:
            from docgen.writers.charts import draw  # loaded only when one is drawn
        for path, chart in prepared.charts.items():
            pictures.add(path, draw.draw(chart, project.theme, project.font_directories) if self._draws else _WHITE)
        return builder.build(rendered, pictures, prepared.citations)

    def begin(self, format: Format) -> Callable[[], bytes]:
        """What finishes the document in one format when it is called, in a thread for example."""
        return format.begin(self._writing())

    def write(self, format: Format, document: Document | None = None) -> bytes:
        """The document, or another tree in its place, in one format. Raises WriterError where the format cannot show
        it, or a word of it is not to be read in the file."""
        return format.begin(self._writing(document))()

    def write_again(self, format: Format) -> bytes:
        """The document as it was published before: it is compared with what was published, not with its words."""
        return format.write(self._writing())

    @cached_property
    def base(self) -> Base:
        """What stays at home of the document as a Word file."""
        if not self._lines:
            keep_lines_of_docx(self._writing())
        return base_of(self, self._lines, self.tree.fingerprint)

    def _writing(self, other: Document | None = None) -> Writing:
        if other is None:
            return self._own_writing
        return self._written_as(other, WayHome(self.edition.value))

    @cached_property
    def _own_writing(self) -> Writing:
        return self._written_as(self.tree, self.way_home(partial(setattr, self, "_lines")))

    def _written_as(self, document: Document, way_home: WayHome) -> Writing:
        project = self.project
        theme = theme_of(project, document)
        files, fonts = project.template_files, project.font_directories
        return Writing(document, theme, files, lambda: self.source, fonts, way_home, self.beside)

    def way_home(self, keep: Callable[[tuple[Line, ...]], object]) -> WayHome:
        """What leads a Word file home; what is final will not come back, and its source alone makes it: no salt."""
        salt = "" if self.prepared.status.is_final else self.project.content.settings.salt or ""
        return WayHome(self.edition.value, str(salt), keep)


def _internal_words(closed: Sequence[str], edition: Edition) -> Iterator[str]:
    """In the foot of an internal edition: what is closed, and why, as far as there is room."""
    if edition is Edition.INTERNAL:
        parts, length = list(dict.fromkeys(closed)), 0
        shown = [part for part in parts if (length := length + len(part)) <= _FOOT or part is parts[0]]
        others = [f"{len(parts) - len(shown)} andre steder"] if len(parts) > len(shown) else []
        yield f"Ikke offentligt: {danish.enumerate([*shown, *others])}" if parts else "Intet er lukket"


def _pictures(content: Content) -> Pictures:
    from docgen.tree.pictures import Pictures

    return Pictures(content.files)


def _may_show_pictures(job: Job) -> bool:
    models = (job.content.documents[id] for id in job.prepared.made_of)
    templates = template_files.needed(job.prepared.template, job.project.template_files)
    return (
        job.project.settings_may_show_pictures
        or any("![" in text for model in models for text in texts_of(model))
        or any(b"![" in data for path, data in templates.items() if path.endswith(".j2"))
    )


def _marks(status: Status, edition: Edition) -> Iterator[str]:
    """What every page says of the document: that it is not final, and that it is not public."""
    if not status.is_final:
        yield status.upper()
    if edition is Edition.INTERNAL:
        yield "INTERN UDGAVE"


def let_go(job: Job) -> None:
    """Lets go of what a job's files are written from, when they are made. That leads back to the job itself: else a
    document with all its files lay in memory until somebody looked for garbage."""
    job.__dict__.pop("_own_writing", None)


def base_of(job: Job, lines: tuple[Line, ...], build: str) -> Base:
    """What stays at home of a build of a document whose Word file has some lines: these, and the texts that they are
    made of."""
    content = job.project.content
    known = {shown: id for id, shown in job.project.neutral.items()}
    documents = [content.documents.get(known.get(id, id)) for id in job.prepared.made_of]
    used = {(part.file, part.path) for line in lines for part in line.entry.spans}
    values: dict[tuple[str, tuple[str, ...]], str] = {}
    values |= {place: text for place, text in job.project.shared_texts.items() if place in used}
    for model in documents:
        values |= {place: text for place, text in texts_by_place(model).items() if place in used}
    return Base(
        document=str(job.shown_id),
        edition=job.edition.value,
        build=build,
        lines=lines,
        values=tuple(Value(file, path, values[file, path]) for file, path in sorted(values)),
    )


def theme_of(project: Project, document: Document) -> Theme:
    """The look of a document, which depends on whether it has a title page."""
    return project.theme if has_cover(document) else project.theme.without_cover()


def build_tree(project: Project, id: DocumentId | str, edition: Edition = Edition.PUBLIC) -> Document:
    """The tree of one document in one edition. Raises as `Job` does."""
    return Job(project, id, edition).tree


def write(project: Project, document: Document, format: Format, edition: Edition = Edition.PUBLIC) -> bytes:
    """A document tree in one format. Raises WriterError where the format cannot show it."""
    return Job(project, document.id, edition).write(format, document)


def source_of(project: Project, id: DocumentId | str, edition: Edition = Edition.PUBLIC) -> bytes:
    """The whole source of one document in one edition, as its PDF carries it."""
    return Job(project, id, edition).source
