"""Rendered template and kept-aside values -> blocks and notes of the document tree.

Template text and content strings are parsed apart. A placeholder alone in its paragraph becomes the blocks of its
content string; elsewhere it becomes inlines. So the shape around a content string is the template's, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypedDict
from urllib.parse import unquote

from docgen import remembering
from docgen.content.characters import refused_characters
from docgen.content.scalar import Scalar
from docgen.problems import Problem
from docgen.structs import Struct, replace
from docgen.template_values import PLACEHOLDER, Rendered
from docgen.tree import document as tree
from docgen.tree import pictures
from docgen.tree.captions import is_source, join_captions
from docgen.tree.document import Block, Inline, Role
from docgen.tree.inlines import InlineBuilder
from docgen.tree.markdown import Token, parse_content, parse_template
from docgen.tree.ordinals import Ordinals
from docgen.tree.places import Shared, SourceText, first_origin, inserted
from docgen.tree.table_builder import TableBuilder
from docgen.tree.typed import changes

DECORATIVE = "pynt"
"""What is written in place of a description of a picture that tells nothing."""
_DEEPEST = 9  # levels that a Word list has (ECMA-376 part 1, 17.9.3); Typst and a reader's patience end later
_SECTIONS = frozenset((Role.CHAPTER, Role.COLUMNS))
"""The roles that hold whole sections, with headings of their own."""


class Built(Struct, frozen=True):
    """The blocks and notes of a document, and every problem met on the way (empty when all is well)."""

    blocks: tuple[Block, ...]
    notes: tuple[tree.Note, ...]
    problems: tuple[Problem, ...]


def build(
    rendered: Rendered, images: Mapping[str, bytes], citations: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> Built:
    """The tree of a rendered template.

    `images` are the files that a picture may name, by path; `citations` the words and the anchor that a text means
    by `{bilag:id}`, by what stands in the braces.
    """
    shared = Shared(rendered, images, citations)
    builder = _BlockBuilder(SourceText(shared, None, parse_template(rendered.markdown)))
    blocks = builder.build()
    notes = tuple(replace(note, anchor=f"note-{number}") for number, note in enumerate(shared.notes, 1))
    return Built(blocks, notes, tuple(shared.problems))


class _BlockBuilder:
    """Makes the blocks of one text. Its headings lie under the template's last heading where it is a content string."""

    def __init__(self, text: SourceText, nested: int = 0) -> None:
        self.text, self._shared = text, text.shared
        self.inlines = InlineBuilder(text, self)
        self._nested = nested
        self._base = self._level = 0 if text.is_template else text.shared.chapter

    def build(self) -> tuple[Block, ...]:
        """All blocks of the text."""
        blocks = self._blocks(self.text.tokens.blocks)
        self.text.check_notes()
        return blocks if self.text.is_template else tuple(map(Ordinals().give, blocks))

    def of_content(self, value: Scalar, nested: int = 0) -> _BlockBuilder:
        """The builder of a content string that stands in this text."""
        text = SourceText(self._shared, value, parse_content(value))
        for sign in refused_characters(value):
            place = value.origin_at(sign.start, sign.end)
            self._shared.problems.append(Problem(place, sign.message, sign.hint))
        for change in changes(value):
            text.report(change.words, change.message, change.hint)
        return _BlockBuilder(text, nested)

    def inside(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """The blocks of tokens one level further in."""
        if self._nested == _DEEPEST:
            hint = f"brug højst {_DEEPEST} lag af lister, citater og fodnoter i hinanden"
            self.text.report("", "teksten er lagt ind i sig selv i for mange lag", hint)
            return
        self._nested += 1
        yield from self._blocks(tokens)
        self._nested -= 1

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        return join_captions(block for token in tokens for block in self._block(token))

    def _block(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "paragraph" | "block_text":
                yield from self._paragraph(token)
            case "heading":
                yield from self._heading(token)
            case "list":
                yield self._list(token)
            case "table":
                yield self._table(token)
            case "table_error":
                TableBuilder(self.text, self.inlines).report_error(token)
            case "block_quote":
                fields = self.text.node_fields()
                yield tree.Quote(tuple(self.inside(token.children)), **fields)
            case "block_code":
                yield tree.CodeBlock(token.raw.rstrip("\n"), **self.text.node_fields())
            case "block_html":
                self.text.refuse_html(token.raw)
            case "thematic_break" if self.text.is_template:
                yield tree.PageBreak(**self.text.node_fields())
            case "thematic_break":
                hint = "brug en overskrift, eller slet den"
                self.text.report("---", "en streg (---) bruges ikke i teksten", hint)
            case "division" if self.text.is_template:
                yield self._division(token)
            case "def_list" if self.text.is_template:
                yield self._field_table(token)
            case "block_error":
                name = token.raw.split("}")[0].lstrip("{")
                self.text.report(name, f"':::{{{name}}}' kendes ikke", f"brug {', '.join(Role)}, title eller contents")
            case type:
                self.text.report("", f"'{type}' kan ikke bruges her", "skriv det på en anden måde")

    # -- paragraphs and headings --

    def _paragraph(self, token: Token) -> Iterator[Block]:
        only = token.children[0] if len(token.children) == 1 else Token("")
        if only.type == "image":
            yield from _figure(only, self.text)
            return
        if self.text.is_template and only.type == "text" and (alone := PLACEHOLDER.fullmatch(only.raw.strip())):
            yield from self._content(self._shared.value_of(alone))
            return
        inlines, id = self.inlines.build_with_id(token.children)
        # A bar with a backslash before it is a text of its own.
        if tree.plain_text(inlines).startswith("|") and token.children[0].raw.strip("|"):
            hint = "giv alle rækker lige mange celler, og sæt en linje med |---| under hovedet"
            self.text.report("|", "tabellen kan ikke læses", hint)
        yield tree.Paragraph(inlines, **self.text.node_fields(inlines, id))

    def _content(self, value: object) -> tuple[Block, ...]:
        """The blocks of a value that stands alone: those of a content string, or its words as a paragraph."""
        if isinstance(value, Scalar):
            return self._again(value)
        inlines = (inserted(value),)
        return (tree.Paragraph(inlines, **self.text.node_fields(inlines)),)

    def _again(self, value: Scalar) -> tuple[Block, ...]:
        """The blocks of a content string; in a session those that were made of it before, where it refers to nothing
        outside itself and is well."""
        if not remembering.is_on() or _OUTWARD.search(value):
            return self.of_content(value, self._nested).build()
        before = len(self._shared.problems)
        try:
            return _blocks_of(value, self._shared.chapter, self._nested, self)
        except _AtFaultError:
            del self._shared.problems[before:]
            return self.of_content(value, self._nested).build()

    def _heading(self, token: Token) -> Iterator[Block]:
        inlines, id = self.inlines.build_with_id(token.children)
        level = self._base + token.level
        if problem := self._heading_problem(inlines, level):
            words, message, hint = problem
            self.text.report(words, message, hint)
            return
        self._level = level
        if self.text.is_template:
            self._shared.chapter = level
        yield tree.Heading(level, inlines, **self.text.node_fields(inlines, id))

    def _heading_problem(self, inlines: tuple[Inline, ...], level: int) -> tuple[str, str, str] | None:
        """What is wrong with a heading: its words, the message and the hint."""
        words = tree.plain_text(inlines)
        if any(isinstance(inline, tree.NoteReference) for inline in tree.walk_inlines(inlines)):
            return words, "en overskrift kan ikke have en fodnote", "sæt noten i teksten under den"
        if self._nested and not self.text.is_template:
            return words, "en overskrift kan ikke stå inde i en liste, en tabel eller en boks", "flyt den ud"
        if level > self._level + 1:
            right = "#" * (self._level + 1 - self._base)
            return words, "overskriften springer et niveau over", f"skriv {right} {words}"
        if level > 5:
            return words, "overskriften er på sjette niveau eller dybere", "brug højst fem niveauer"
        if not words.strip():
            return "#", "overskriften er tom", "skriv en overskrift, eller slet #"
        return None

    # -- lists and tables --

    def _list(self, token: Token) -> tree.List:
        fields = self.text.node_fields()
        items = tuple(item for child in token.children for item in self._item(child))
        if items:
            fields["origin"] = items[0].origin
        return tree.List(items, ordered=token.ordered, start=token.start, tight=token.tight, **fields)

    def _item(self, token: Token) -> Iterator[tree.ListItem]:
        """A list item; the id that its first paragraph ends with is its own."""
        fields, told = self.text.node_fields(), len(self._shared.problems)
        blocks = list(self.inside(token.children))
        if not blocks:
            if len(self._shared.problems) == told:  # else it is told what it holds
                self.text.report("-", "et punkt i listen er tomt", "skriv en tekst, eller slet punktet")
            return
        first = blocks[0]
        if isinstance(first, tree.Paragraph):
            fields["id"], blocks[0] = first.id, replace(first, id="")
        fields["origin"] = first.origin
        marks = _marks(self.inlines.marks(token.children[0].children), self.text)
        yield tree.ListItem(tuple(blocks), **marks, **fields)

    def _table(self, token: Token) -> tree.Table:
        self._nested += 1  # what its notes hold stands inside it
        table = TableBuilder(self.text, self.inlines).build(token)
        self._nested -= 1
        return table

    # -- what only a template has --

    def _division(self, token: Token) -> Block:
        # What holds chapters may hold whatever a chapter does.
        blocks = self._blocks(token.children) if token.name in _SECTIONS else tuple(self.inside(token.children))
        if token.name == "contents":
            depth = int(token.options.get("depth", 1))
            return tree.Contents(token.words or "Indhold", depth, **self.text.node_fields())
        if token.name == "title":
            children = blocks[0].children if blocks and isinstance(blocks[0], tree.Paragraph) else ()
            return tree.Title(children, origin=blocks[0].origin if blocks else self.text.origin(""))
        fields = self.text.node_fields()
        fields["origin"] = first_origin(blocks)
        said = {name: self._shared.option(words) for name, words in token.options.items() if name != "depth"}
        marks = _marks(said, self.text)
        return tree.Division(Role(token.name), blocks, number=marks["number"], icon=marks["icon"], **fields)

    def _field_table(self, token: Token) -> tree.FieldTable:
        rows: list[tree.FieldRow] = []
        label: tuple[Inline, ...] = ()
        for child in token.children:
            if child.type == "def_list_head":
                label = self.inlines.build(child.children)
                self.text.origin(tree.plain_text(label))  # what has no words of its own stands where its label does
            else:
                value = self.inlines.build(child.children[0].children)
                rows.append(tree.FieldRow(label, value, **self.text.node_fields(value)))
        fields = self.text.node_fields()
        fields["origin"] = first_origin(tuple(rows))
        return tree.FieldTable(tuple(rows), **fields)


_OUTWARD = re.compile(r"\[\^|!\[|\{")
"""What refers to something outside a text, or is counted with what is: notes, pictures, citations."""


class _AtFaultError(Exception):
    """Something is wrong in a text."""


@remembering.remembered(
    600_000,
    lambda value, chapter, nested, around: (str(value), value.layout, chapter, nested),
    weight=lambda value, chapter, nested, around: remembering.letters(value),
)
def _blocks_of(value: Scalar, chapter: int, nested: int, around: _BlockBuilder) -> tuple[Block, ...]:
    """The blocks of a content string, by what it says, how it is written where, and how deep it stands. What is at
    fault is told each time."""
    problems = around.text.shared.problems
    before = len(problems)
    blocks = around.of_content(value, nested).build()
    if len(problems) > before:
        raise _AtFaultError
    return blocks


class _Marks(TypedDict):
    """What a template says of a chapter, an item or a key figure beside its words."""

    number: int
    icon: str
    weight: float


def _marks(said: Mapping[str, object], text: SourceText) -> _Marks:
    """The marks of what a template says by name; an icon still knows where it was written."""
    icon = said.get("icon", "")
    number, weight = (_amount(name, said, text) for name in ("number", "weight"))
    return {"number": int(number), "icon": icon if isinstance(icon, str) else str(icon), "weight": weight}


def _amount(name: str, said: Mapping[str, object], text: SourceText) -> float:
    """A number that a template says, as Danish writes it (`10,7`); 0 where it says none."""
    words = str(said.get(name, 0))
    try:
        return float(words.replace(".", "").replace(",", "."))
    except ValueError:
        text.report(name, f"'{words}' er ikke et tal", f"skriv {name} med et tal")
        return 0.0


def _figure(token: Token, text: SourceText) -> Iterator[tree.Figure | tree.Paragraph]:
    """A picture that stands alone in its paragraph; its title in Markdown is its caption, or says who made it."""
    shared = text.shared
    path, alt = unquote(token.url), "".join(child.raw for child in token.children)
    typed, place = text.as_typed(token.url), None
    if text.is_template:
        place = shared.place_in(alt)
        path, alt = shared.filled(path), shared.filled(alt)
    if not alt.strip():
        hint = f"skriv ![hvad billedet viser]({path}), eller ![{DECORATIVE}]({path}), hvis det intet fortæller"
        text.report(typed, f"billedet {path} mangler en beskrivelse", hint)
        return
    decorative = alt.strip().lower() == DECORATIVE
    if decorative and token.title:
        hint = f"slet titlen, eller skriv ![hvad billedet viser]({path})"
        text.report(typed, "et billede til pynt kan ikke have en titel", hint)
        return
    try:
        data, media_type = pictures.read(path, shared.images)
    except pictures.PictureError as error:
        text.report(typed, error.message, error.hint)
        return
    fields = text.node_fields()
    fields["origin"] = place or text.origin(typed)
    if decorative:
        yield tree.Figure(data, media_type, "", decorative=True, **fields)
        return
    title = shared.filled(token.title) if text.is_template else token.title
    words = (tree.Text(title),)
    if is_source(title):  # who made it is no title, and gives no number
        yield tree.Figure(data, media_type, alt, **fields)
        yield tree.Paragraph(words, origin=text.origin(title))
        return
    caption = tree.Caption(words, origin=text.origin(title)) if title else None
    yield tree.Figure(data, media_type, alt, caption, **fields)
