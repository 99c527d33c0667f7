"""One Markdown text on its way to blocks, the place that each part of it has, and the problems met in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypedDict
from urllib.parse import unquote

from docgen.content.scalar import Scalar, place_of
from docgen.problems import Origin, Problem
from docgen.structs import Struct, field
from docgen.template_values import PLACEHOLDER, Mark, Rendered
from docgen.tree.document import NOWHERE, Badge, Code, Inline, Node, Note, Span, Text, Tone, as_shown, span_origin
from docgen.tree.markdown import Tokens


class Shared(Struct):
    """What all texts of one document share while its tree is built.

    `chapter` is the level of the template's last heading; `line` the template's line where words were last found, which
    is the place of what has no words of its own.
    """

    rendered: Rendered
    images: Mapping[str, bytes]
    citations: Mapping[str, tuple[str, str]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    chapter: int = 0
    line: int = 1

    def value_of(self, placeholder: re.Match[str], group: int = 1) -> object:
        """The value that a placeholder stands for, whose number is a group of the match."""
        return self.rendered.values[int(placeholder[group])]

    def option(self, words: str) -> object:
        """What an option of a division says: a value where it is a placeholder alone, else its words."""
        alone = PLACEHOLDER.fullmatch(words.strip())
        return self.value_of(alone) if alone else words.strip()

    def place_in(self, words: str) -> Origin | None:
        """The place of the first value with one that words of the template have a placeholder for."""
        places = (place_of(self.value_of(found)) for found in PLACEHOLDER.finditer(words))
        return next((place for place in places if place.file), None)

    def filled(self, words: str) -> str:
        """Words of the template with every placeholder replaced by its value as it is."""
        return PLACEHOLDER.sub(lambda found: str(self.value_of(found)), words)


class NodeFields(TypedDict, total=False):
    """The fields of a `Node` that say where it is from."""

    origin: Origin
    id: str


class SourceText:
    """One Markdown text: the template (`value` is None) or one content string."""

    def __init__(self, shared: Shared, value: Scalar | None, tokens: Tokens) -> None:
        self.shared, self.value, self.tokens = shared, value, tokens

    @property
    def is_template(self) -> bool:
        """Whether it is the template, where placeholders, divisions and field tables may stand."""
        return self.value is None

    def origin(self, snippet: str) -> Origin:
        """The place of the first `snippet` in the text, or the nearest place known."""
        if self.value is not None:
            return self.value.locate(snippet)
        source, file = self.shared.rendered.source, self.shared.rendered.template
        words = PLACEHOLDER.split(snippet)[0].split("\n")[0].strip()
        at = source.find(words) if words else -1
        if at >= 0:
            self.shared.line = source.count("\n", 0, at) + 1
        return Origin(file, self.shared.line)

    def report(self, snippet: str, message: str, hint: str) -> None:
        """Notes a problem at the place of `snippet`; message and hint are in Danish, without a final full stop."""
        self.shared.problems.append(Problem(self.origin(snippet), message, hint))

    def as_typed(self, address: str) -> str:
        """An address as its author typed it, which Markdown gives with its blanks and rare letters in per cent."""
        return address if address in (self.value or self.shared.rendered.source) else unquote(address)

    def refuse_html(self, raw: str) -> None:
        """Notes that HTML stands in the text."""
        tag = raw.strip().split("\n")[0][:40]
        hint = "skriv Markdown; sæt \\ foran <, hvis tegnet skal stå i teksten"
        self.report(tag, f"HTML kan ikke bruges ({tag})", hint)

    def node_fields(self, children: Iterable[Inline] = (), id: str = "") -> NodeFields:
        """Where a block with these inlines is from; in the template that is the place of the first content string in
        it, or else of the first words that are computed from content."""
        children = tuple(children)
        placed = span_origin(children) if self.is_template else None
        return {"origin": placed or self.origin(first_words(children)), "id": id}

    def check_notes(self) -> None:
        """Notes a problem for each footnote that nothing points to."""
        for name in self.tokens.unused_notes:
            text = self.value or self.shared.rendered.markdown
            written = re.search(rf"\[\^({re.escape(name)})\]:", text, re.IGNORECASE)
            key = written[1] if written else name
            self.report(f"[^{key}]", f"fodnoten [^{key}] bruges ikke", f"skriv [^{key}], hvor den hører til")


def first_words(children: Iterable[Inline]) -> str:
    """The first words of some inlines as their author wrote them, at most 30 characters."""
    written = (Text(one.written) if isinstance(one, Span) and one.written else one for one in children)
    for inline in as_shown(written):
        text = inline.text if isinstance(inline, Text | Code) else first_words(getattr(inline, "children", ()))
        if words := text.strip():
            return words[:30]
    return ""


def first_origin(nodes: tuple[Node, ...]) -> Origin:
    """The place of the first of some nodes."""
    return nodes[0].origin if nodes else NOWHERE


def inserted(value: object) -> Span:
    """What is shown of a value that is no Markdown, from where the value stands, if it does."""
    words = Text(str(value))
    shown = Badge((words,), Tone(value.tone)) if isinstance(value, Mark) else words
    return Span((shown,), place_of(value), computed=True)
