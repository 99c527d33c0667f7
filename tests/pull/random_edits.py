"""Random edits of words that an author may edit, in any document of the repository, and what pull makes of them.

The judge is not pull's own proof: the document is built again from what pull would write, and read beside what was
typed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from lxml import etree

from docgen.pipeline import Job
from docgen.problems import DocgenError
from docgen.pull.found import Outcome, Pulled
from docgen.pull.home import Wishes, bring_home
from docgen.pull.words import normal
from docgen.readers.docx.document import read_word
from docgen.structs import Struct, replace
from docgen.writers.docx.base_text import Base
from docgen.writers.docx.carriers import Line
from docgen.writers.formats import DOCX
from tests.support import judges
from tests.support.contents import repository
from tests.support.docx_reading import W
from tests.support.word_edits import rewritten, typed_in

PIECES = (
    *("nyt", "og 7,5 mia. kr.", "nye ord", "(jf. § 3)", "1.250", "kommunens", "æ", "x-y", "EU’s"),
    *(
        "*",
        "_",
        "[",
        "]",
        "#",
        ":",
        "-",
        "1.",
        "{",
        "}",
        "|",
        "\u00a0",
        "- ",
        "…",
        "–",
        "%",
        "&",
        "<b>",
        "\\",
        "`",
        "~",
    ),
    *('"nye ord"', "”citat”", "»ord«", "'ord'", "{bilag:x}", "[^n]", "ord: ord", "ord #3", "**fed**"),
)
_SHARED = ("content/settings.yaml", "content/organisation.yaml")
_A_LOT = 50  # files that one LibreOffice saves


class Verdict(StrEnum):
    """What became of an edit."""

    PROVED = "written and proved"
    REPORTED = "reported"
    SILENT = "silently wrong"
    CRASHED = "exception"


class Typed(Struct, frozen=True):
    """An edit: of which document, the key of its line, what the line says afterwards, and the file with it."""

    document: str
    key: str
    before: str
    after: str
    tracked: bool
    file: bytes


class Result(Struct, frozen=True):
    """An edit, what became of it, and what pull said, or what is wrong."""

    typed: Typed
    verdict: Verdict
    said: str = ""
    outcome: str = ""


@cache
def sent(document: str) -> tuple[bytes, Base]:
    """The Word file of a document, and what stays at home of it."""
    job = Job(repository(), document)
    return job.write(DOCX), job.base


def random_edits(documents: tuple[str, ...], count: int, seed: int) -> Iterator[Typed]:
    """As many edits as are asked for; the same for the same seed. Every other one is tracked."""
    chance = random.Random(seed)
    while count:
        found = _edit(chance.choice(documents), chance, tracked=count % 2 == 0)
        if found is not None:
            count -= 1
            yield found


def _edit(document: str, chance: random.Random, *, tracked: bool) -> Typed | None:
    data, base = sent(document)
    line = chance.choice([line for line in base.lines if _ranges(line)])
    start, end = chance.choice(_ranges(line))
    words = [(at, at + len(word)) for at, word in _words(line.text, start, end)]
    first = chance.randrange(len(words))
    last = min(first + chance.randrange(4), len(words))  # as many words are typed over; none: something is put in
    place = (words[first][0], words[last - 1][1]) if last > first else (words[first][0], words[first][0])
    text = " ".join(chance.choices(PIECES, k=chance.randrange(0 if last > first else 1, 4)))
    text += " " if last == first else ""
    after = line.text[: place[0]] + text + line.text[place[1] :]
    if normal(after) == normal(line.text) or not normal(after[start : end + len(after) - len(line.text)]):
        return None
    done = False

    def change(root: etree._Element) -> None:
        nonlocal done
        done = _type(root, line, place, text, "Bo Jensen" if tracked else "")

    file = rewritten(data, change)
    return Typed(document, line.key, line.text, after, tracked, file) if done else None


def _words(text: str, start: int, end: int) -> list[tuple[int, str]]:
    found, at = [], start
    for word in text[start:end].split(" "):
        if word:
            found.append((at, word))
        at += len(word) + 1
    return found


def _ranges(line: Line) -> list[tuple[int, int]]:
    """The ranges of a line's words that are a text of an author's own, and nothing that docgen makes or all share."""
    found = []
    for part in line.entry.spans:
        own = part.file.startswith("content/") and part.file not in _SHARED and not (part.computed or part.written)
        own = own and part.path[-1] != "version"  # a number of a form, and no words
        inner = [one for one in line.entry.spans if part.start <= one.start and one.end <= part.end]
        made = [one for one in inner if one is not part and (one.computed or one.written)]
        if own and line.text[part.start : part.end].strip():
            edges = [part.start, *(at for one in made for at in (one.start, one.end)), part.end]
            found += [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if line.text[a:b].strip()]
    return found


def _type(root: etree._Element, line: Line, place: tuple[int, int], text: str, author: str) -> bool:
    """Types in the runs that a range of a line is in; whether they are one run, as it must be."""
    marks = (one for one in root.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == f"_dg_{line.key}")
    paragraph = next((one.getparent() for one in marks), None)
    if paragraph is None:  # a note, which is another part
        return False
    runs = list(paragraph.iter(f"{W}t"))
    whole = "".join(one.text or "" for one in runs)
    if whole != line.text:  # a break, a tab or a label is no words
        return False
    at = 0
    for run in runs:
        length = len(run.text or "")
        if at <= place[0] and place[1] <= at + length and place[0] < at + length:
            typed_in(run, place[0] - at, place[1] - at, text, author)
            return True
        at += length
    return False


def saved_again(edits: list[Typed], folder: Path) -> Iterator[Typed]:
    """Edits, each with its file as LibreOffice saves it."""
    for lot in range(0, len(edits), _A_LOT):
        own = folder / str(lot)
        (own / "before").mkdir(parents=True)
        paths = []
        for number, one in enumerate(edits[lot : lot + _A_LOT]):
            paths.append(own / f"before/{number}.docx")
            paths[-1].write_bytes(one.file)
        done = judges.soffice_all(paths, "docx:MS Word 2007 XML", own, 1200)
        for one, path in zip(edits[lot : lot + _A_LOT], done, strict=True):
            yield replace(one, file=path.read_bytes())


def judged(typed: Typed) -> Result:
    """What pull makes of an edit."""
    try:
        _, base = sent(typed.document)
        word = read_word("x.docx", typed.file)
        pulled = bring_home(repository(), typed.document, word, base, Wishes())
        wrong = _wrong(typed, pulled, base)
    except Exception as error:
        return Result(typed, Verdict.CRASHED, f"{type(error).__name__}: {error}")
    if wrong:
        return Result(typed, Verdict.SILENT, wrong)
    if all(one.outcome is Outcome.WRITTEN for one in pulled.changes):
        return Result(typed, Verdict.PROVED)
    others = [one for one in pulled.changes if one.outcome is not Outcome.WRITTEN]
    verdict = Verdict.REPORTED if all(one.note for one in others) else Verdict.SILENT
    return Result(typed, verdict, "; ".join(one.note for one in others), others[0].outcome.value)


def _wrong(typed: Typed, pulled: Pulled, base: Base) -> str:
    """What is wrong in what pull would write and says, if something is."""
    if not pulled.changes:
        return "nothing is told"
    again = replace(repository(), content_files={**repository().content_files, **pulled.files})
    try:
        new = Job(again, typed.document, draws=False).base
    except DocgenError as error:
        return f"the document cannot be made any more: {error}"
    is_whole = all(one.outcome is Outcome.WRITTEN for one in pulled.changes)
    said, was = _count(new, new.build), _count(base, base.build)
    if is_whole and not said[normal(typed.after)] > was[normal(typed.after)]:
        return f"what was typed is not there: {typed.after}"
    touched = {(one.file, one.path) for one in pulled.changes if one.outcome is Outcome.WRITTEN}
    for line in new.lines:
        text = _told(line, new.build)
        if line.key and text not in was and text != normal(typed.after) and is_whole and not _is_near(line, touched):
            return f"something else became another: {line.text}"
    return ""


def _count(base: Base, build: str) -> Mapping[str, int]:
    return Counter(_told(line, build) for line in base.lines)


def _told(line: Line, build: str) -> str:
    return normal(line.text.replace(build, ""))


def _is_near(line: Line, touched: set[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether a line shows something of a file that was written in."""
    files = {file for file, _ in touched}
    return any(part.file in files for part in line.entry.spans) or line.entry.file in files
