"""docgen's own PDF: it carries its whole source, so there is nothing to be read of its pages.

What was never in the source is not there either: comments, notes and what the edition does not show.
"""

from __future__ import annotations

import json

from docgen.document_id import DocumentId
from docgen.importing.draft import Draft
from docgen.importing.yaml_files import yaml_files
from docgen.kinds.source import written_files
from docgen.pipeline import Job
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.project import Project, project_of_source
from docgen.structs import Struct, replace
from docgen.writers.formats import FORMATS


class OwnSource(Struct, frozen=True):
    """What a file of docgen's own is made of: the document, its files (`policies/x/policy.yaml`), the files of what all
    documents share and the templates, and the source as it lies in the file."""

    document: DocumentId
    draft: Draft
    shared: dict[str, bytes]
    templates: dict[str, bytes]
    source: bytes
    edition: str


def source_in(data: bytes) -> bytes | None:
    """The source that a file carries; None where it carries none."""
    for format in FORMATS.values():
        if (inside := format.look_inside(data)) is not None:
            return inside.source
    return None


def read_own(name: str, source: bytes, wanted: DocumentId | None) -> OwnSource:
    """The files of the document that a source holds, under the name that is wanted. Raises ContentError where the
    source is at fault, or is of another kind than is wanted."""
    project, id, edition = project_of_source(source)
    own = id.document
    if wanted is not None and wanted.kind != own.kind:
        hint = f"skriv --as {own.kind}/{wanted.name}"
        raise ContentError([Problem(Origin(name), f"filen er af slagsen {own.kind}, ikke {wanted.kind}", hint)])
    try:
        document = project.content.documents.get(own)
    except DocgenError as error:
        raise ContentError(replace(one, origin=Origin(name)) for one in error.problems) from None
    kind = project.kinds.get(own.kind)
    if document is None or kind is None:
        hint = "brug filen, som docgen build lavede den"
        raise ContentError([Problem(Origin(name), "filens kilde kan ikke læses af denne docgen", hint)])
    files = {
        _renamed(path, own, wanted, kind.folder): fields for path, fields in written_files(kind, own, document).items()
    }
    shared = {path: project.content_files[path] for path in project.content_files if "/" not in path}
    images = {path: data for path, data in project.content_files.items() if path.startswith("images/")}
    return OwnSource(
        wanted.document if wanted is not None else own,
        Draft(files=files),
        shared | images,
        dict(project.template_files),
        source,
        edition.value,
    )


def _renamed(path: str, own: DocumentId, wanted: DocumentId | None, folder: str) -> str:
    if wanted is None or wanted.name == own.name:
        return path
    inside = path.removeprefix(f"{folder}/")
    return f"{folder}/{wanted.name}{inside.removeprefix(own.name)}"


def same_again(found: OwnSource, project: Project, files: dict[str, bytes]) -> bool:
    """Whether a project with these files makes the very source that the file carries, so that each byte of the
    document is the same."""
    try:
        source_project, id, edition = project_of_source(found.source)
        whole = replace(project, content_files={**project.content_files, **files}, pages=source_project.pages)
        return Job(whole, id, edition).source == found.source
    except (DocgenError, KeyError):
        return False


def shared_yaml(found: OwnSource) -> dict[str, bytes]:
    """What all documents share, as YAML for a folder that has none of it."""
    read = {path: json.loads(data) for path, data in found.shared.items() if path.endswith(".yaml")}
    written = yaml_files({path: fields for path, fields in read.items() if fields}, (), "")
    return {path: written.get(path, b"{}\n") for path in read}
