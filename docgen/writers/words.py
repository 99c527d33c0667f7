"""The words of a tree that a reader of any format must find, each at its place in the content."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from docgen.problems import Problem
from docgen.tree import document as tree
from docgen.tree.document import Document


def shown_texts(document: Document) -> Iterator[tuple[tree.Node, tuple[tree.Inline, ...]]]:
    """Each text that is shown, with the node that it stands in; notes last, text alternatives not."""
    for node in tree.walk(document):
        match node:
            case tree.Title(children=children) | tree.Heading(children=children) | tree.Paragraph(children=children):
                yield node, children
            case tree.TableCell(children=children):
                yield node, children
            case tree.Caption():
                yield node, node.shown
            case tree.FieldRow(label=label, value=value):
                yield node, label
                yield node, value
            case tree.CodeBlock(text=text) | tree.Contents(title=text):
                yield node, (tree.Text(text),)
            case _:
                pass


_UNCOMPARED = re.compile(r"[\s\-\N{HYPHEN}\N{SOFT HYPHEN}\u200b-\u200f\N{WORD JOINER}\ufeff\ufffd\x00-\x1f\x7f-\x9f]+")


def letters(text: str) -> str:
    """A text as it is compared: without white space, hyphens, for a word may be divided, and signs that are not seen
    or that XML cannot hold."""
    text = _UNCOMPARED.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def short(text: str) -> str:
    """A text as a message shows it: at most 50 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 50 else text[:48].rstrip() + " …"


def lacking(document: Document, found: Iterable[str], file: str) -> list[Problem]:
    """The texts of a document that are not among those found in a file made of it, which is called `file` in messages
    (`Word-filen`); what stands twice must be there twice. White space does not count."""
    there = Counter(letters(text) for text in found)
    problems = []
    for node, inlines in shown_texts(document):
        text = tree.plain_text(inlines, deleted=True)
        if not (bare := letters(text)):
            continue
        if not there[bare]:
            hint = "ret skabelonen, hvis den er jeres egen; ellers er det en fejl i docgen"
            problems.append(Problem(node.origin, f"teksten '{short(text)}' kommer ikke med i {file}", hint))
        there[bare] -= 1
    return problems
