"""Tokens inside a paragraph -> inlines: content strings put into the template's words, links, notes and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import unquote

from docgen.content.scalar import Reference, Scalar
from docgen.problems import Problem
from docgen.structs import replace
from docgen.template_values import CLOSE, OPEN, PLACEHOLDER
from docgen.tree import document as tree
from docgen.tree.citations import CITATION, cite
from docgen.tree.document import Block, Inline
from docgen.tree.markdown import Token
from docgen.tree.ordinals import Ordinals
from docgen.tree.places import SourceText, first_origin, inserted
from docgen.tree.typed import FORMED, OTHER, formed, leftovers, unknown_braces

_MARK = re.compile(r"(id|number|icon|weight)=(?:" + PLACEHOLDER.pattern + r"|([a-z0-9-]+))")
_MARKS = re.compile(rf"\s*\{{((?:(?:id|number|icon|weight)=(?:{OPEN}[0-9]+{CLOSE}|[a-z0-9-]+)\s*)+)\}}\s*$")
_UNDEFINED_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BREAKS = {"softbreak": "\n", "linebreak": "\n\n"}
"""What stands for the end of a line where markup is looked for: lines that an author breaks do not run together."""
_SCHEMES = ("https://", "http://", "mailto:", "#")


def in_cell(token: Token) -> Token:
    """A token as it is in a table cell, where `<br>` is a new line: a row in Markdown is one line, so there is no other
    way to write it. A bar would end the cell, so it has a backslash, also in code."""
    if token.type == "inline_html" and _BREAK.fullmatch(token.raw):
        return Token("linebreak")
    if token.type == "codespan":
        return replace(token, raw=token.raw.replace("\\|", "|"))
    return token


class Blocks(Protocol):
    """What inlines need of the builder of the blocks around them."""

    text: SourceText
    inlines: InlineBuilder

    def inside(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """The blocks of tokens one level further in."""

    def of_content(self, value: Scalar) -> Blocks:
        """The builder of a content string that stands in this text."""


class InlineBuilder:
    """Makes the inlines of one text, and its footnotes where they are first pointed to."""

    def __init__(self, text: SourceText, blocks: Blocks) -> None:
        self._text, self._shared, self._blocks = text, text.shared, blocks
        self._notes: dict[str, int] = {}  # the number of each footnote by its key
        self._ordinals = Ordinals()  # of the blocks in footnotes

    def build(self, tokens: Sequence[Token]) -> tuple[Inline, ...]:
        """The inlines of some tokens; texts beside each other are one."""
        if not self._text.is_template:
            self._tell_leftovers(tokens)
        result: list[Inline] = []
        for token in tokens:
            for inline in self._inline(token):
                if isinstance(inline, tree.Text) and result and isinstance(result[-1], tree.Text):
                    result[-1] = tree.Text(result[-1].text + inline.text)
                else:
                    result.append(inline)
        return tuple(result)

    def _tell_leftovers(self, tokens: Sequence[Token]) -> None:
        """Reports markup that would stand in print as it is typed, and braces that name nothing."""
        shown = (_BREAKS.get(token.type) or (token.raw if token.type == "text" else OTHER) for token in tokens)
        words = FORMED.sub(formed, "".join(shown))
        for change in leftovers(words):
            self._text.report(change.words, change.message, change.hint)
        for braces in unknown_braces(words):
            if CITATION.fullmatch(braces) is None:
                hint = "skriv {bilag:id} eller {tal:id}; sæt \\ foran {, hvis klammen skal stå i teksten"
                self._text.report(
                    braces.split(OTHER)[0], f"henvisningen {braces.replace(OTHER, '…')} kendes ikke", hint
                )

    def build_with_id(self, tokens: Sequence[Token]) -> tuple[tuple[Inline, ...], str]:
        """Inlines without the `{id=…}` that a template may end them with, and the id (`""` = none)."""
        if (found := self._find_marks(tokens)) is None:
            return self.build(tokens), ""
        last = tokens[-1]
        rest = last.raw[: found.start()]
        without = [*tokens[:-1], *([replace(last, raw=rest)] if rest else [])]
        return self.build(without), str(self.marks(tokens).get("id", ""))

    def marks(self, tokens: Sequence[Token]) -> dict[str, object]:
        """What a template says of a block in the braces that end it, as in `{id=… number=1 icon=leaf}`, by name."""
        if (found := self._find_marks(tokens)) is None:
            return {}
        return {mark[1]: self._shared.value_of(mark, 2) if mark[2] else mark[3] for mark in _MARK.finditer(found[1])}

    def _find_marks(self, tokens: Sequence[Token]) -> re.Match[str] | None:
        last = tokens[-1] if tokens else None
        return _MARKS.search(last.raw) if self._text.is_template and last is not None and last.type == "text" else None

    def _inline(self, token: Token) -> Iterator[Inline]:
        match token.type:
            case "escaped":
                yield tree.Text(token.raw)
            case "text":
                yield from self._words(token.raw)
            case "emphasis":
                yield tree.Emphasis(self.build(token.children))
            case "strong":
                yield tree.Strong(self.build(token.children))
            case "codespan":
                yield tree.Code(token.raw)
            case "softbreak":
                yield tree.Text(" ")
            case "linebreak":
                yield tree.LineBreak()
            case "link":
                yield from self._link(token)
            case "footnote_ref":
                yield tree.NoteReference(self._note(token.raw))
            case "inline_html":
                self._text.refuse_html(token.raw)
            case "image":
                hint = "giv det et afsnit for sig selv"
                self._text.report(self._text.as_typed(token.url), "et billede kan ikke stå midt i en linje", hint)
            case type:
                self._text.report("", f"'{type}' kan ikke bruges her", "skriv det på en anden måde")

    def _words(self, raw: str) -> Iterator[Inline]:
        if match := _UNDEFINED_NOTE.search(raw):
            hint = f"skriv den nederst i feltet: {match[0]}: …"
            self._text.report(match[0], f"fodnoten {match[0]} er ikke skrevet", hint)
        if not self._text.is_template:
            yield from self._formed_words(raw)
            return
        end = 0
        for match in PLACEHOLDER.finditer(raw):
            if match.start() > end:
                yield tree.Text(raw[end : match.start()])
            yield from self._value(self._shared.value_of(match))
            end = match.end()
        if end < len(raw):
            yield tree.Text(raw[end:])

    def _formed_words(self, raw: str) -> Iterator[Inline]:
        """Words of an author, with raised and lowered figures as the signs that they are."""
        end = 0
        for found in FORMED.finditer(raw):
            yield from cite(raw[end : found.start()], self._text)
            end = found.end()
            yield tree.Span((tree.Text(formed(found)),), self._text.origin(found[0]), written=found[0])
        yield from cite(raw[end:], self._text)

    def _value(self, value: object) -> Iterator[Inline]:
        """What the template inserts: a content string is Markdown in one paragraph, all else is words."""
        yield self._content(value) if isinstance(value, Scalar) else inserted(value)

    def _content(self, value: Scalar) -> Inline:
        inner = self._blocks.of_content(value)
        tokens = inner.text.tokens.blocks
        if len(tokens) == 1 and tokens[0].type == "paragraph":
            span = tree.Span(inner.inlines.build(tokens[0].children), value.origin)
            inner.text.check_notes()
            # What it says is words at its place; that it stands here is computed.
            return tree.Span((span,), value.origin, computed=True) if isinstance(value, Reference) else span
        if tokens and tokens[0].type == "block_html":
            inner.text.refuse_html(tokens[0].raw)
        else:
            hint = "fjern tomme linjer; sæt \\ foran et tegn, der ellers giver en liste eller overskrift"
            self._shared.problems.append(Problem(value.origin, "her kan kun stå ét afsnit", hint))
        return tree.Text(value)  # so that what stands around it is not found empty

    def _link(self, token: Token) -> Iterator[Inline]:
        target = self._shared.filled(unquote(token.url)) if self._text.is_template else token.url
        children = self.build(token.children)
        words = tree.plain_text(children).strip()
        shown = unquote(target)
        if not target.startswith(_SCHEMES):
            self._text.report(shown, f"linket '{shown[:60]}' kan ikke bruges", "brug https://…, mailto:… eller #id")
        elif not words:
            self._text.report(shown, "linket har ingen tekst", "skriv [hvad linket fører til](…)")
        elif any(isinstance(inline, tree.Link | tree.NoteReference) for inline in tree.walk_inlines(children)):
            self._text.report(words, "et link kan ikke indeholde et andet link eller en fodnote", "flyt det ud")
        else:
            yield tree.Link(children, target)

    def _note(self, key: str) -> int:
        """The number of a footnote in the document; its text is built where it is first pointed to."""
        if key not in self._notes:
            notes = self._shared.notes
            notes.append(tree.Note(blocks=()))
            self._notes[key] = number = len(notes)
            blocks = tuple(self._blocks.inside(self._text.tokens.notes.get(key, ())))
            if not self._text.is_template:
                blocks = tuple(map(self._ordinals.give, blocks))
            notes[number - 1] = tree.Note(blocks=blocks, origin=first_origin(blocks))
        return self._notes[key]
