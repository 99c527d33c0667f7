"""A case with its annexes as one PDF: the case, then each annex after a page with its number and title.

Annexes that are docgen's own documents are compiled together with the case and tagged like it. PDFs from elsewhere are
put in as they look; the PDF then claims neither PDF/UA nor PDF/A, and a notice says which annex was the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.packs.pieces import Piece, annex_pieces, annex_targets, link_items, visible_annexes
from docgen.pipeline import Job, theme_of
from docgen.problems import DocgenError, Problem
from docgen.structs import replace
from docgen.writers.pdf.parts import PdfPart

if TYPE_CHECKING:
    from docgen.packs.parts import Pack


def has_annexes(job: Job) -> bool:
    """Whether a rendering has annexes that may be seen in its edition."""
    return bool(visible_annexes(job))


def pack_problems(job: Job) -> tuple[Problem, ...]:
    """What the pack of a case would be refused for because of what is put in as it looks."""
    try:
        annex_pieces(job)
    except DocgenError as error:
        return error.problems
    return ()


def write_pack(job: Job) -> Pack:
    """A case with the annexes that may be seen in an edition; closed ones are but a line in the list.

    Raises as `Job` does, and WriterError where a part cannot be written or a PDF's pages cannot be read.
    """
    from docgen.packs.parts import write_pieces  # Typst, and what reads PDFs: not loaded for a check

    linked = replace(job.tree, blocks=link_items(job.tree.blocks, annex_targets(job)))
    first = Piece(PdfPart(linked, theme_of(job.project, job.tree)), job=job)
    return write_pieces(f"{job.shown_id}*-med-bilag", job, [first, *annex_pieces(job)])
