"""The stages in order for one document: content -> model -> Markdown -> tree -> bytes. Pure: no file, no clock."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from docgen import __version__, danish, templates, tree_builder, typography
from docgen.content.load import load_content
from docgen.content.model import Content, Policy, Status
from docgen.document import Document, dump
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.writers.theme import Theme, load_theme


class Format(StrEnum):
    """What a document can be written as; `tree` is the document tree as text, for people."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TREE = "tree"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that can be built: its id (`policy/…`), title, version and status."""

    id: str
    title: str
    version: str
    status: str


@dataclass(frozen=True)
class Project:
    """The two folders a document is made of, as `{path: bytes}`, and where fonts lie.

    Every place is named as if they were called `content` and `templates`, for a place is part of what is written.
    """

    content_files: Mapping[str, bytes]
    template_files: Mapping[str, bytes]
    font_directories: tuple[str, ...] = ()

    @cached_property
    def content(self) -> Content:
        """The content; raises ContentError with all its problems."""
        return load_content(self.content_files)

    @cached_property
    def theme(self) -> Theme:
        """The theme; raises TemplateError with all its problems."""
        return load_theme(self.template_files)

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
    entries = [
        Entry(f"policy/{policy.id}", str(policy.title), str(policy.version), str(policy.status))
        for policy in content.policies.values()
    ]
    return tuple(sorted(entries, key=lambda entry: entry.id))


def build_tree(project: Project, document_id: str) -> Document:
    """The tree of one document, ready for the writers.

    Raises KeyError for an unknown id, ContentError or TemplateError with every problem met.
    """
    kind, name = document_id.split("/", 1)
    if kind != "policy":
        raise KeyError(document_id)
    policy = project.content.policies[name]
    settings = project.content.settings
    fingerprint = hashlib.sha256(source_of(project, document_id)).hexdigest()[:8]
    context = _context(project.content, policy, fingerprint)
    rendered = templates.render("policy.md.j2", project.template_files, context)
    built = tree_builder.build(rendered, _images(project))
    document = Document(
        id=document_id,
        title=str(policy.title),
        language=settings.language,
        author=str(settings.municipality.name),
        subject=" ".join(policy.summary.split()),
        keywords=tuple(str(value.title) for value in policy.values),
        version=str(policy.version),
        date=policy.date,
        header=str(settings.municipality.name),
        footer=f"Version {policy.version} · {_sentence(policy.status)}",
        mark="" if policy.status is Status.ADOPTED else policy.status.upper(),
        fingerprint=fingerprint,
        blocks=built.blocks,
        notes=built.notes,
    )
    document = typography.typeset(document, settings.house_style)
    problems = [*built.problems, *typography.check_links(document)]
    if problems:
        raise ContentError(problems)
    return document


def write(project: Project, document: Document, format: Format) -> bytes:
    """A document tree in one format. Raises WriterError where the format cannot show it."""
    if format is Format.TREE:
        return dump(document).encode()
    if format is Format.HTML:
        from docgen.writers import html

        return html.write_document(document, project.theme, project.template_files)
    if format is Format.DOCX:
        from docgen.writers import docx

        return docx.write_document(document, project.theme, project.template_files, document.fingerprint)
    from docgen.writers import pdf

    source = source_of(project, document.id)
    return pdf.write_document(document, project.theme, project.template_files, source, project.font_directories)


def source_of(project: Project, document_id: str) -> bytes:
    """The whole source of a document as JSON, sorted: docgen's version, the document's id, and each file's text.

    It is what the PDF carries and what the fingerprint is made from.
    """
    policy = project.content.policies[document_id.split("/", 1)[1]]
    files = {f"content/{path}": project.content_files[path] for path in project.content.files_of(policy)}
    files |= {f"templates/{path}": data for path, data in project.template_files.items()}
    record = {
        "docgen": __version__,
        "document": document_id,
        "files": {path: _text(files[path]) for path in sorted(files)},
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def _text(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}


def _context(content: Content, policy: Policy, fingerprint: str) -> dict[str, object]:
    return {
        "policy": policy,
        "municipality": content.settings.municipality,
        "status": _sentence(policy.status),
        "dash": "–" if content.settings.house_style.range == "dash" else "-",
        "fingerprint": fingerprint,
        "body": templates.template_function(lambda id, day: content.organisation.body(id, day)),
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _images(project: Project) -> dict[str, bytes]:
    return {path: data for path, data in project.content_files.items() if path.startswith("images/")}


def find_documents(content: Content, names: Sequence[str]) -> tuple[str, ...]:
    """The ids that `names` stand for: `policy/<id>`, a kind alone (`policy`), and none = all.

    Raises ContentError naming each that is unknown.
    """
    known = [entry.id for entry in list_documents(content)]
    found: list[str] = []
    problems: list[Problem] = []
    for name in names:
        matching = [id for id in known if id == name or id.split("/")[0] == name]
        if not matching:
            hint = f"vælg {danish.enumerate(known, 'eller')}" if known else "der er ingen dokumenter i indholdet"
            problems.append(Problem(Origin(name), "dokumentet findes ikke", hint))
        found += matching
    if problems:
        raise ContentError(problems)
    return tuple(dict.fromkeys(found or known if not names else found))
