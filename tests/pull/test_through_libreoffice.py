"""A file that LibreOffice opened and saved: every key is found, and every edit in it comes home."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from docgen.pipeline import Job
from docgen.pull.found import Outcome
from docgen.pull.home import Wishes, bring_home
from docgen.pull.owners import find_owners
from docgen.readers.docx.document import read_word
from docgen.readers.docx.tracked import ACCEPTED, REJECTED
from docgen.writers.formats import DOCX
from tests.pull.test_home import home, lines, sent
from tests.support import judges
from tests.support.contents import POLICY, document_ids, repository
from tests.support.docx_reading import W
from tests.support.word_edits import deleted, inserted, rewritten, split, typed

pytestmark = pytest.mark.judge

PIECES = [*"*_[]#:-{}|", '"nye ord"', "nyt", "og 7,5 mia. kr.", "\u00a0", "1. ", "- ", "”citat”", "{bilag:x}", "…"]
EDITS = 20
TRACKED = {
    "a word": typed("Andet", "Det andet", "Bo"),
    "a paragraph": inserted("Andet afsnit", "Et nyt", "Bo"),
    "one less": deleted("Andet afsnit", "Bo"),
    "one split": split("Andet afsnit:", "Bo"),
    "an item": inserted("punkt et", "et nyt punkt", "Bo"),
}


def saved(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Files as LibreOffice saves them, by the same names."""
    (folder / "before").mkdir()
    paths = []
    for number, data in enumerate(files.values()):
        path = folder / f"before/{number}.docx"
        path.write_bytes(data)
        paths.append(path)
    done = judges.soffice_all(paths, "docx:MS Word 2007 XML", folder, 600)
    return {name: path.read_bytes() for name, path in zip(files, done, strict=True)}


def test_all_keys_of_every_document_are_found_and_nothing_is_changed(tmp_path: Path) -> None:
    judges.require_soffice()
    jobs = {id: Job(repository(), id) for id in document_ids()}
    for id, data in saved({id: job.write(DOCX) for id, job in jobs.items()}, tmp_path).items():
        word, base = read_word(id, data), jobs[id].base
        owners = find_owners(base.lines, word.paragraphs)
        found = {one.line.key for one in owners.owned}
        assert [line.text for line in base.lines if line.key and line.text.strip() and line.key not in found] == []
        assert bring_home(repository(), id, word, base, Wishes()).changes == ()


def test_random_words_are_proved_or_told(tmp_path: Path) -> None:
    judges.require_soffice()
    id = "case/afdaekning-af-innovation-og-partnerskaber"
    job = Job(repository(), id)
    data, base, chance = job.write(DOCX), job.base, random.Random(26)

    def change(root: etree._Element) -> None:
        keyed = [one for one in root.iter(W + "p") if one.find(W + "bookmarkStart") is not None]
        run = chance.choice([text for one in keyed for text in one.iter(W + "t") if len((text.text or "").strip()) > 3])
        words = (run.text or "").split(" ")
        at = chance.randrange(len(words))
        words[at : at + chance.randrange(3)] = chance.choices(PIECES, k=chance.randrange(1, 4))
        run.text = " ".join(words)

    edited = {str(number): rewritten(data, change) for number in range(EDITS)}
    refused = 0
    for file in saved(edited, tmp_path).values():
        pulled = bring_home(repository(), id, read_word("x.docx", file), base, Wishes(structural=True))
        assert pulled.changes
        assert all(change.note for change in pulled.changes if change.outcome is not Outcome.WRITTEN)
        refused += pulled.count(Outcome.UNPROVED)
    assert refused <= EDITS // 10


def test_tracked_changes_come_home_as_before(tmp_path: Path) -> None:
    judges.require_soffice()
    project, data, base = sent()
    files = saved({name: rewritten(data, edit) for name, edit in TRACKED.items()}, tmp_path)
    for name, edit in TRACKED.items():
        word = read_word("x.docx", files[name], ACCEPTED)
        pulled = bring_home(project, POLICY, word, base, Wishes(structural=True))
        assert lines(pulled) == lines(home(edit, wishes=Wishes(structural=True))), name
        rejected = read_word("x.docx", files[name], REJECTED)
        assert bring_home(project, POLICY, rejected, base, Wishes(structural=True)).changes == (), name
