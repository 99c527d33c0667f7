"""The words of a tree that a reader of any format must find, each at its place in the content."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from docgen.problems import Problem
from docgen.remembering import Same
from docgen.structs import Struct
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


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """A text as it is compared: without white space, hyphens, for a word may be divided, and signs that are not seen
    or that XML cannot hold."""
    text = _UNCOMPARED.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def short(text: str) -> str:
    """A text as a message shows it: at most 50 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 50 else text[:48].rstrip() + " …"


class _Words(Struct, frozen=True):
    """The letters of a document: each shown text with its node, how often each text is shown, and what also stands
    around them: in heads, feet and contents."""

    shown: list[tuple[tree.Node, tuple[tree.Inline, ...], str]]
    said: Counter[str]
    around: set[str]


@lru_cache(maxsize=1)
def _words_of(same: Same) -> _Words:
    """Of a document: its files are looked through one after the other."""
    document: Any = same.value
    shown = [
        (node, inlines, letters(tree.plain_text(inlines, deleted=True))) for node, inlines in shown_texts(document)
    ]
    frame = (document.title, document.short_title, document.header, document.footer, document.mark, document.author)
    around = set(map(letters, frame))
    named = [node.children for node in tree.walk(document) if isinstance(node, tree.Heading)]  # in the contents, too
    around |= {letters(tree.plain_text(children, deleted=deleted)) for children in named for deleted in (False, True)}
    return _Words(shown, Counter(bare for _, _, bare in shown), around)


_KNOWN_BY, _TOLD_BY = 3, 12
"""So many letters has a text that may be looked for by its place, and one that stands nowhere else by chance."""


def lacking(document: Document, found: Iterable[str], file: str) -> list[Problem]:
    """The texts of a document that are not among those found in a file made of it, which is called `file` in messages
    (`Word-filen`), in their order; what stands twice must be there twice, and what stands once only once. White space
    does not count."""
    in_file = list(map(letters, found))
    there, places = Counter(in_file), {text: place for place, text in enumerate(in_file)}
    words = _words_of(Same(document))
    said, left = words.said.copy(), there.copy()
    problems, last = [], -1
    for node, inlines, bare in words.shown:
        fault = ""
        if not bare:
            continue
        left[bare] -= 1
        if left[bare] < 0:
            fault = "kommer ikke med i"
        elif said[bare] == 1 and there[bare] == 1 and len(bare) >= _KNOWN_BY:
            if places[bare] < last:
                fault = "står ikke på sin plads i"
            last = max(last, places[bare])
        elif _is_printed_once(node) and there[bare] > said[bare] and len(bare) >= _TOLD_BY and bare not in words.around:
            fault = "står for mange gange i"
            said[bare] = there[bare]
        if fault:
            hint = "ret skabelonen, hvis den er jeres egen; ellers er det en fejl i docgen"
            problems.append(Problem(node.origin, f"teksten '{short(tree.plain_text(inlines))}' {fault} {file}", hint))
    return problems


def _is_printed_once(node: tree.Node) -> bool:
    """Whether a text has one place; a heading stands in the contents, too."""
    return isinstance(node, tree.Paragraph | tree.TableCell)
