"""A case with its annexes as one PDF: the case, then each annex after a page with its number and title.

Annexes that are docgen's own documents are compiled together with the case and tagged like it. PDFs from elsewhere are
put in as they look; the PDF then claims neither PDF/UA nor PDF/A, and a notice says which annex was the reason.
"""

from __future__ import annotations

from docgen import pipeline
from docgen.kinds.case import prepare as case_kind
from docgen.kinds.prepared import Edition
from docgen.packs.parts import Pack, Piece, annex_pieces, annex_targets, link_items, visible_annexes, write_pieces
from docgen.pipeline import Project
from docgen.structs import replace
from docgen.writers.pdf.parts import Part


def has_annexes(project: Project, document_id: str, edition: Edition = Edition.PUBLIC) -> bool:
    """Whether a document is a case with annexes that may be seen in an edition."""
    return document_id.startswith(f"{case_kind.KIND}/") and bool(visible_annexes(project, document_id, edition))


def write_pack(project: Project, case_id: str, edition: Edition = Edition.PUBLIC) -> Pack:
    """A case with the annexes that may be seen in an edition; closed ones are but a line in the list.

    Raises KeyError for an unknown id, ContentError and TemplateError as `pipeline.build_tree` does, and WriterError
    where a part cannot be written or a PDF's pages cannot be read.
    """
    case = pipeline.build_tree(project, case_id, edition)
    linked = replace(case, blocks=link_items(case.blocks, annex_targets(project, case_id, edition)))
    first = Piece(Part(linked, pipeline.theme_of(project, case)), document=case_id)
    return write_pieces(project, [first, *annex_pieces(project, case_id, case, edition)], edition)
