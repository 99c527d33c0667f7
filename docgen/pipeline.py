"""The stages in order for one document: content -> model -> Markdown -> tree -> bytes. Pure: no file, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property

from docgen import __version__, templating
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.kinds.prepared import Prepared, sentence
from docgen.problems import ContentError
from docgen.project import Project, to_source
from docgen.tree import builder, typography
from docgen.tree.document import Document, has_cover
from docgen.writers.formats import Format, Writing
from docgen.writers.theme import Theme


class Job:
    """One document in one edition, while it is made: each stage once, when it is asked for.

    Raises KeyError for an unknown id, ContentError or TemplateError with every problem met.
    """

    def __init__(self, project: Project, id: DocumentId | str, edition: Edition = Edition.PUBLIC) -> None:
        self.project, self.edition = project, edition
        try:
            self.id = parse_id(id) if isinstance(id, str) else id
        except ValueError:
            raise KeyError(id) from None

    @property
    def kind(self) -> Kind:
        """The document's kind."""
        return self.project.kinds[self.id.kind]

    @cached_property
    def prepared(self) -> Prepared:
        """What the document is before its template is filled."""
        return self.kind.prepare(self.project.content, self.id, self.edition)

    @cached_property
    def source(self) -> bytes:
        """The whole source of the document; see `docgen.project.to_source`.

        It is what the PDF carries and what the fingerprint is made from; in the public edition it holds nothing closed.
        """
        files = {f"content/{path}": data for path, data in self.prepared.files.items()}
        used = templating.needed(self.prepared.template, self.project.template_files)
        files |= {f"templates/{path}": data for path, data in used.items()}
        return to_source(__version__, self.id, self.edition, files)

    @cached_property
    def source_hash(self) -> str:
        """SHA-256 of the source, in hexadecimal; its first eight digits are the document's fingerprint."""
        return hashlib.sha256(self.source).hexdigest()

    @cached_property
    def tree(self) -> Document:
        """The document's tree, ready for the writers."""
        prepared, project = self.prepared, self.project
        fingerprint = self.source_hash[:8]
        rendered = templating.render(
            prepared.template, project.template_files, {**prepared.context, "fingerprint": fingerprint}
        )
        images = {path: data for path, data in prepared.files.items() if path.startswith("images/")}
        if prepared.charts:
            from docgen.writers.charts import draw  # loaded only when one is drawn

            for path, chart in prepared.charts.items():
                images[path] = draw.draw(chart, project.theme, project.font_directories)
        built = builder.build(rendered, images, prepared.citations)
        settings = project.content.settings
        document = Document(
            id=str(self.id),
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
        problems += typography.check_characters(document, {problem.message for problem in problems})
        if problems:
            raise ContentError(problems)
        return document

    def begin(self, format: Format) -> Callable[[], bytes]:
        """What finishes the document in one format when it is called, in a thread for example."""
        return format.begin(self._writing(self.tree))

    def write(self, format: Format, document: Document | None = None) -> bytes:
        """The document, or another tree in its place, in one format. Raises WriterError where the format cannot show
        it."""
        return format.write(self._writing(document or self.tree))

    def _writing(self, document: Document) -> Writing:
        project = self.project
        theme = theme_of(project, document)
        return Writing(document, theme, project.template_files, lambda: self.source, project.font_directories)


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
