"""What docgen wrote in Word and on a web page, read as any file: the document that it makes again says the same."""

from __future__ import annotations

import datetime
from difflib import SequenceMatcher

import pytest

from docgen.document_id import DocumentId, parse_id
from docgen.importing.drafts import KINDS_READ, draft_of
from docgen.importing.pictures import with_pictures
from docgen.importing.reading import read_any
from docgen.importing.yaml_files import yaml_files
from docgen.kinds.registry import KINDS
from docgen.pipeline import Job
from docgen.structs import replace
from docgen.tree.document import Document, lines, plain_text, walk
from docgen.writers.formats import DOCX, HTML, Format
from tests.support.contents import document_ids, repository, written

READ = [id for id in document_ids() if parse_id(id).kind in KINDS_READ]
DAY = datetime.date(2022, 12, 1)
NAME = "hentet-igen"


def blocks_of(document: Document) -> list[tuple[str, str]]:
    """Every line of a document: what it is, and its words."""
    found = []
    for node in walk(document):
        for line in lines(node):
            if words := " ".join(plain_text(line).split()):
                found.append((type(node).__name__, words))
    return found


def share_again(id: str, format: Format) -> float:
    """The share of a document's lines that are there again, in order, when its file is imported and built."""
    own, project = parse_id(id), repository()
    kind = KINDS[own.kind]
    again = DocumentId(own.kind, own.name if own.kind in ("follow-up", "meeting") else NAME)  # these are named by time
    read, images = with_pictures(read_any(f"x.{format.name}", written(id, format)), NAME)
    others = {
        path: data
        for path, data in project.content_files.items()
        if not path.startswith(f"{kind.folder}/{again.name}.")
    }
    known = replace(project, content_files=others).content
    files = yaml_files(draft_of(again, read, known, DAY).files, KINDS.values(), "")
    whole = replace(project, content_files={**others, **images, **files})
    content = whole.content
    assert not content.invalid.get(again), content.invalid.get(again)
    renderings = kind.ids(again.name, content.documents[again])
    wanted = next((one for one in renderings if one.rendering == own.rendering), renderings[-1])
    before, after = blocks_of(Job(project, own).tree), blocks_of(Job(whole, wanted).tree)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(before)


@pytest.mark.slow
@pytest.mark.parametrize("format", [DOCX, HTML], ids=lambda format: format.name)
@pytest.mark.parametrize("id", READ)
def test_a_file_says_the_same_again(id: str, format: Format) -> None:
    assert share_again(id, format) >= 0.98
