"""Answers to a hearing: the comments and proposals of Word files as answers in a hearing note's YAML."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from docgen.content.yaml_editor import AddItem, Edit, SetValue, edit
from docgen.content.yaml_nodes import Kind, Node
from docgen.content.yaml_style import Value
from docgen.content.yaml_tree import find, read_tree
from docgen.document_id import DocumentId
from docgen.pull.draft import Place
from docgen.pull.found import Change, Outcome, Pulled
from docgen.pull.splicing import escaped
from docgen.readers.docx.document import Paragraph, WordFile
from docgen.structs import Struct
from docgen.writers.docx.base_text import Base
from docgen.writers.docx.carriers import Line

_WHOLE = "Hele dokumentet"
_HEADINGS = ("heading", "title", "kapitel", "overskrift")
_NO_PROPOSALS = (Outcome.LOOKS, Outcome.SHOWN)


class Given(Struct, frozen=True):
    """What somebody answered: who, when (empty: nobody knows), where in the document, about which words, and what; all
    but `date` as Markdown that says just that."""

    who: str
    date: str
    place: str
    about: str
    words: str


class Asked(Struct, frozen=True):
    """What was in a hearing: the document, what it is called, and today's date (`2026-02-03`)."""

    document: DocumentId
    title: str
    day: str


def answers_in(
    word: WordFile, pulled: Pulled, base: Base, name: str, open_places: Collection[Place] | None
) -> Iterator[Given | None]:
    """The comments of a Word file, then what it proposes to change; None for one that is about what is closed.

    `pulled` is what the file changes of `base`, `name` who made what tells nobody, and `open_places` the places that
    everybody may see (None: all).
    """
    for comment, remark in zip(word.comments, pulled.remarks, strict=True):
        if open_places is not None and (remark.file, remark.path) not in open_places:
            yield None
            continue
        place = _heading_before(word.paragraphs, comment.paragraph)
        yield _given(comment.author or name, comment.date, place, comment.about, comment.text)
    headings = _headings(base.lines)
    for change in pulled.changes:
        if change.outcome in _NO_PROPOSALS or change.before == change.after:
            continue
        if open_places is not None and (change.file, change.path) not in open_places:
            yield None
            continue
        place = headings.get((change.file, change.path), _WHOLE)
        yield _given(change.by or name, change.date, place, "", _proposal(change))


def _given(who: str, date: str, place: str, about: str, words: str) -> Given:
    said = "\n\n".join(escaped(line.strip(), begins=True) for line in words.split("\n") if line.strip())
    one_line = [escaped(" ".join(text.split()), begins=True) for text in (who, place, about)]
    return Given(one_line[0], date[:10], one_line[1] or _WHOLE, one_line[2], said)


def _proposal(change: Change) -> str:
    before, after = (" ".join(text.split()) for text in (change.before, change.after))
    if not before:
        said = f"Foreslår tilføjet: ”{after}”"
    else:
        said = f"Foreslår ”{before}” ændret til ”{after}”" if after else f"Foreslår ”{before}” slettet"
    return said if said.endswith((".”", "?”", "!”", "…”")) else f"{said}."


def _heading_before(paragraphs: Sequence[Paragraph], number: int) -> str:
    """The heading that a paragraph stands under, or is."""
    for one in reversed(paragraphs[: number + 1]):
        if one.style.lower().startswith(_HEADINGS) and one.text.strip():
            return one.text
    return _WHOLE


def _headings(lines: Sequence[Line]) -> Mapping[Place, str]:
    """By place of a text the heading that it first stands under, or is."""
    found: dict[Place, str] = {}
    heading = _WHOLE
    for line in lines:
        if line.entry.kind == "heading":
            heading = line.text
        for place in [(line.entry.file, line.entry.path), *((part.file, part.path) for part in line.entry.spans)]:
            found.setdefault(place, heading)
    return found


def with_answers(name: str, data: bytes | None, asked: Asked, given: Sequence[Given]) -> tuple[bytes, int]:
    """A hearing note's file with answers that are not in it yet, each waiting for what the municipality says; and how
    many these are. `data` is the file as it is (None: there is none). Raises ContentError for a file that is at fault.
    """
    begun = data if data is not None else _BEGINNING
    begins: list[Edit] = []
    if data is None:
        title = escaped(asked.title, begins=True)
        texts = {"title": title, "summary": f"Svarene i høringen om {title}.", "date": asked.day}
        begins = [SetValue((field,), text) for field, text in texts.items()]
        begins.append(SetValue(("about",), str(asked.document)))
    there = [] if data is None else _answers(name, data)
    known = {(one.get("who"), one.get("place"), one.get("words", "").strip()) for one in there}
    new = [one for one in dict.fromkeys(given) if (one.who, one.place, one.words) not in known]
    ids = {one.get("id") for one in there}
    free = (f"svar-{number}" for number in range(1, len(ids) + len(new) + 1))
    names = [id for id in free if id not in ids]
    items = [AddItem(("answers",), _item(id, one)) for id, one in zip(names, new, strict=False)]
    return edit(name, begun, [*begins, *items]), len(new)


_BEGINNING = """\
# yaml-language-server: $schema=../../schemas/hearing-note.json
# Svarene er hentet fra Word-filer af docgen pull --comments. Skriv answer ved hvert, og private: false ved
# organisationer og myndigheder: navne på privatpersoner står kun i den interne udgave.

title: Titel
summary: Svarene
version: "0.1"
status: udkast
date: 2026-01-01
about: policy
answers: []
""".encode()


def _answers(name: str, data: bytes) -> list[dict[str, str]]:
    """The texts of the answers that are in a file."""
    items = find(read_tree(name, data), ("answers",)).node.children
    return [dict(zip(item.names, map(_text, item.children), strict=True)) for item in items if item.kind is Kind.MAP]


def _text(node: Node) -> str:
    return node.value


def _item(id: str, one: Given) -> dict[str, Value]:
    fields: dict[str, Value] = {"id": id, "who": one.who, "private": True}
    fields |= {"date": one.date} if one.date else {}
    fields |= {"place": one.place}
    fields |= {"about": one.about} if one.about else {}
    return fields | {"words": one.words}
