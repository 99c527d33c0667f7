"""An annex that is the list of what changed in a document: from an issued version, or from another document."""

from __future__ import annotations

from docgen.compare.redline import Sides, list_of_changes
from docgen.compare.trees import compare
from docgen.content.scalar import place_of
from docgen.kinds.document_fields import Annex
from docgen.kinds.edition import Edition
from docgen.ledger.rebuild import issued_tree
from docgen.ledger.records import record_index
from docgen.pipeline import Job
from docgen.problems import ContentError
from docgen.structs import replace
from docgen.tree.document import Document


def changes_of(job: Job, annex: Annex) -> Document:
    """The list of changes that an annex with `compare` is, as a tree.

    What is issued is read from the ledger, with none of today's templates; both sides are of one edition: that of the
    case where both are issued in it, or else the public one. Raises ContentError, at the annex, where an issued version
    is erased or lost.
    """
    document, version = annex.compared
    sides = ((document, version), (str(annex.document), _issued_only(job, annex)))
    index = record_index(job.project)
    own = all(not at or index.find(name, at, job.edition.value) is not None for name, at in sides)
    edition = job.edition if own else Edition.PUBLIC
    try:
        old, new = (
            issued_tree(job.project, f"{name}@{at}", edition) if at else Job(job.project, name, edition).tree
            for name, at in sides
        )
    except ContentError as error:
        place = place_of(annex.compare or annex.id)
        raise ContentError([replace(problem, origin=place) for problem in error.problems]) from None
    names = [f"version {tree.version}" for tree in (old, new)]
    if document != str(annex.document):
        names = [f"{tree.running_title} ({name})" for tree, name in zip((old, new), names, strict=True)]
    return list_of_changes(compare(old, new), Sides(names[0], names[1]), new.fingerprint)


def _issued_only(job: Job, annex: Annex) -> str:
    """The version of an annex's document where that is an earlier one; empty where the content folder has it."""
    present = Job(job.project, str(annex.document), job.edition).prepared.version
    return "" if present == str(annex.version) else str(annex.version)
