"""What a Word file changes beside words: bold and italic, the order of paragraphs, and what is not read of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from docgen.pull.found import Change, Outcome
from docgen.pull.moves import longest_rising
from docgen.pull.owners import Owned, Owners
from docgen.pull.words import Token, normal, tokens
from docgen.readers.docx.document import Paragraph, WordFile
from docgen.writers.docx.carriers import AROUND, Line

_PAGE = re.compile(r"\t\d+$")
_LOOKS = (("strong", "bold", "fed"), ("emphasis", "italic", "kursiv"))


def changed_looks(owners: Owners, paragraphs: Sequence[Paragraph]) -> Iterator[Change]:
    """Words that are bold or italic by now, or no longer, and otherwise the same."""
    for owned in owners.owned:
        line, paragraph = owned.line, paragraphs[owned.paragraph]
        if normal(line.text) != normal(owned.text) or not line.text.strip():
            continue
        for kind, name, danish in _LOOKS:
            if name in paragraph.looks:  # where all is so, nobody sees which word is; programs write it as they like
                continue
            before, after = _sent(line, kind), _read(paragraph, name, owned.text)
            if before == after:
                continue
            words = [token for token, one, two in zip(_words(line.text), before, after, strict=True) if one != two]
            shown = line.text[words[0].start : words[-1].end]
            note = f"kun {danish} er ændret; sæt selv stjerner i YAML, hvis det skal være sådan"
            yield Change(
                outcome=Outcome.LOOKS,
                before=shown,
                after=shown,
                file=line.entry.file,
                path=line.entry.path,
                note=note,
            )


def _words(text: str) -> list[Token]:
    return [one for one in tokens(text) if not one.is_blank]


def _sent(line: Line, kind: str) -> list[bool]:
    ranges = [(mark.start, mark.end) for mark in line.marks if mark.kind == kind]
    return [any(start <= one.start and one.end <= end for start, end in ranges) for one in _words(line.text)]


def _read(paragraph: Paragraph, name: str, own: str) -> list[bool]:
    """Whether each word of a paragraph's own text is so; what stands before that is docgen's label."""
    looks: list[bool] = []
    for stretch in paragraph.stretches:
        looks += [bool(getattr(stretch, name))] * len(stretch.text)
    skipped = len(paragraph.text) - len(own)
    return [all(looks[skipped + one.start : skipped + one.end]) for one in _words(own)]


def moved(owners: Owners, lines: Sequence[Line], at: Mapping[str, int], known: Collection[str]) -> Iterator[Change]:
    """Paragraphs that stand in another order than they were sent in. `at` is where each line stands now, and `known`
    are the keys of those whose order is told already."""
    owned = {one.line.key: one for one in owners.owned}
    order = [line for line in lines if line.key in at]
    stays = longest_rising([at[line.key] for line in order])
    for number, line in enumerate(order):
        if number not in stays and line.key not in known and line.text.strip():
            yield _moved(owned[line.key])


def _moved(one: Owned) -> Change:
    return Change(
        outcome=Outcome.HOMELESS,
        before=one.line.text,
        after=one.text,
        file=one.line.entry.file,
        path=one.line.entry.path,
        note="flyttet i Word og ikke hentet; flyt det selv i filen, hvis det skal være sådan",
    )


def changed_contents(base: Sequence[Line], word: WordFile) -> Iterator[Change]:
    """Entries of the table of contents that are no heading of the document, as it was or is."""
    known = {normal(line.text) for line in base} | {normal(one.text) for one in word.paragraphs if one.keys}
    for paragraph in word.paragraphs:
        text = normal(_PAGE.sub("", paragraph.text))
        if paragraph.style.lower().startswith("toc ") and text and text not in known:
            note = "indholdsfortegnelsen bliver lavet af overskrifterne; ret overskriften"
            yield Change(outcome=Outcome.COMPUTED, before="", after=paragraph.text.strip(), note=note)


def changed_around(base: Sequence[Line], word: WordFile) -> Iterator[Change]:
    """Words in the heads and feet of pages that are others than were sent; page numbers are as they are."""
    sent = {_letters(line.text) for line in base if line.entry.kind == AROUND}
    found = {_letters(text): text for text in word.around}
    note = "sidehoved eller sidefod er ændret; ordene står i skabelonen og temaet"
    for text in sorted(found.keys() - sent):
        yield Change(outcome=Outcome.TEMPLATE, before="", after=found[text], note=note)
    for text in sorted(sent - found.keys()):
        if not found.keys() - sent:
            yield Change(outcome=Outcome.TEMPLATE, before=text, after="", note=note)


def _letters(text: str) -> str:
    """The letters of a text: page numbers and room are each program's own."""
    return re.sub(r"[\W\d_]+", "", text)


def left_out(word: WordFile) -> Iterator[str]:
    """What of a file is not read, a line each."""
    yield from word.left_out
    for paragraph in word.paragraphs:
        begin = " ".join(paragraph.text.split()[:6])
        if paragraph.story == "box" and paragraph.text.strip():
            yield f"et tekstfelt: ”{begin}”"
        elif paragraph.text.strip():
            yield from (f"{what} ved ”{begin}”" for what in paragraph.left_out)
