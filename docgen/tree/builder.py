"""Rendered template and kept-aside values -> blocks and notes of the document tree.

Template text and content strings are parsed apart. A placeholder alone in its paragraph becomes the blocks of its
content string; elsewhere it becomes inlines. So the shape around a content string is the template's, whatever it holds.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from docgen.content.scalar import Scalar
from docgen.content.types import UNWRITTEN
from docgen.problems import Origin, Problem
from docgen.structs import Struct, field, replace
from docgen.templating import PLACEHOLDER, Mark, Rendered
from docgen.tree import document as tree
from docgen.tree import pictures
from docgen.tree.document import Alignment, Block, Inline, Role
from docgen.tree.markdown import Token, Tokens, parse_content, parse_template

_ID = re.compile(r"\s*\{id=(?:" + PLACEHOLDER.pattern + r"|([a-z0-9-]+))\}\s*$")
_UNDEFINED_NOTE = re.compile(r"\[\^([^\]\s]+)\]")

_CITATION = re.compile(r"\{([A-Za-zæøåÆØÅ]+(?::[a-z0-9-]+)+)\}")
_CAPTION = re.compile(r"^(Tabel|Figur): ")
_SOURCE = re.compile(r"^(Kilde|Kilder|Note|Anm\.): ")
_MOST_NESTED = 9  # levels that a Word list has (ECMA-376, 17.9.3); Typst and a reader's patience end later
_SCHEMES = ("https://", "http://", "mailto:", "#")


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
    shared = _Shared(rendered, images, citations)
    text = _Text(shared, None, parse_template(rendered.markdown))
    blocks = tuple(text.blocks(text.tokens.blocks))
    text.check_notes()
    notes = tuple(replace(note, anchor=f"note-{number}") for number, note in enumerate(shared.notes, 1))
    return Built(blocks, notes, tuple(shared.problems))


class _Shared(Struct):
    rendered: Rendered
    images: Mapping[str, bytes]
    citations: Mapping[str, tuple[str, str]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[tree.Note] = field(default_factory=list)
    chapter: int = 0  # level of the last heading in the template
    line: int = 1  # where in the template the last words were found: the place of what has no words of its own


class _Text:
    """One Markdown text on its way to blocks: the template (`value` None) or one content string."""

    def __init__(self, shared: _Shared, value: Scalar | None, tokens: Tokens) -> None:
        self.shared, self.value, self.tokens = shared, value, tokens
        self.part = -1
        self.level = 0 if value is None else shared.chapter
        self.base = self.level
        self.nested = 0
        self.numbers: dict[str, int] = {}

    # -- places and problems --

    def origin(self, snippet: str) -> Origin:
        if self.value is not None:
            return self.value.locate(snippet)
        return self._template_origin(snippet)

    def _template_origin(self, snippet: str) -> Origin:
        source, file = self.shared.rendered.source, self.shared.rendered.template
        words = PLACEHOLDER.split(snippet)[0].split("\n")[0].strip()
        at = source.find(words) if words else -1
        if at >= 0:
            self.shared.line = source.count("\n", 0, at) + 1
        return Origin(file, self.shared.line)

    def problem(self, snippet: str, message: str, hint: str) -> None:
        self.shared.problems.append(Problem(self.origin(snippet), message, hint))

    def node(self, children: Any = (), id: str = "") -> dict[str, Any]:
        """The attributes that a block of this text has: its place is that of the first content string in it."""
        self.part += 1
        if self.value is not None:
            return {"origin": self.origin(_first_words(children)), "part": self.part, "id": id}
        for inline in children:
            if (place := _span_origin(inline)) is not None:
                return {"origin": place, "id": id}
        return {"origin": self._template_origin(_first_words(children)), "id": id}

    def check_notes(self) -> None:
        for name in self.tokens.unused_notes:
            written = re.search(
                rf"\[\^({re.escape(name)})\]:", self.value or self.shared.rendered.markdown, re.IGNORECASE
            )
            key = written[1] if written else name
            self.problem(f"[^{key}]", f"fodnoten [^{key}] bruges ikke", f"skriv [^{key}], hvor den hører til")

    # -- blocks --

    def blocks(self, tokens: Any) -> Iterator[Block]:
        result: list[Block] = []
        for token in tokens:
            for block in self.block(token):
                self._append(result, block)
        return iter(result)

    def _append(self, result: list[Block], block: Block) -> None:
        """Puts a block after the others; a caption joins its table, a source line under a table is small print."""
        before = result[-1] if result else None
        if isinstance(before, tree.Paragraph):
            caption = _CAPTION.match(tree.plain_text(before.children))
            if caption and isinstance(block, tree.Table | tree.Figure):
                result[-1] = replace(block, caption=_without_prefix(before.children, caption.end()))
                return
        if isinstance(block, tree.Paragraph) and _SOURCE.match(tree.plain_text(block.children)):
            if isinstance(before, tree.Table | tree.Figure):
                result.append(tree.Division(Role.CAPTION, (block,), origin=block.origin))
                return
            if isinstance(before, tree.Division) and before.role is Role.CAPTION:
                result[-1] = replace(before, blocks=(*before.blocks, block))
                return
        result.append(block)

    def block(self, token: Token) -> Iterator[Block]:
        match token["type"]:
            case "paragraph" | "block_text":
                yield from self._paragraph(token)
            case "heading":
                yield from self._heading(token)
            case "list":
                yield self._list(token)
            case "table":
                yield self._table(token)
            case "block_quote":
                node = self.node()
                yield tree.Quote(tuple(self._inside(token["children"])), **node)
            case "block_code":
                yield tree.CodeBlock(token["raw"].rstrip("\n"), **self.node())
            case "block_html":
                self._refuse_html(token["raw"])
            case "thematic_break":
                if self.value is None:
                    yield tree.PageBreak(**self.node())
                else:
                    self.problem("---", "en streg (---) bruges ikke i teksten", "brug en overskrift, eller slet den")
            case "division" | "def_list" if self.value is None:
                yield from self._division(token) if token["type"] == "division" else self._fields(token)
            case "block_error":
                name = token["raw"].split("}")[0].lstrip("{")
                self.problem(name, f"':::{{{name}}}' kendes ikke", f"brug {', '.join(Role)}, title eller contents")
            case "blank_line":
                pass
            case kind:
                self.problem("", f"'{kind}' kan ikke bruges her", "skriv det på en anden måde")

    def _inside(self, tokens: Any) -> Iterator[Block]:
        if self.nested == _MOST_NESTED:
            hint = f"brug højst {_MOST_NESTED} lag af lister, citater og fodnoter i hinanden"
            self.problem("", "teksten er lagt ind i sig selv i for mange lag", hint)
            return
        self.nested += 1
        yield from self.blocks(tokens)
        self.nested -= 1

    def _paragraph(self, token: Token) -> Iterator[Block]:
        children = token["children"]
        if len(children) == 1 and children[0]["type"] == "image":
            yield from self._figure(children[0])
            return
        if len(children) == 1 and children[0]["type"] == "text" and self.value is None:
            alone = PLACEHOLDER.fullmatch(children[0]["raw"].strip())
            if alone:
                yield from self._content_blocks(self.shared.rendered.values[int(alone[1])])
                return
        inlines, id = self._inlines_and_id(children)
        if tree.plain_text(inlines).startswith("|"):
            hint = "giv alle rækker lige mange celler, og sæt en linje med |---| under hovedet"
            self.problem("|", "tabellen kan ikke læses", hint)
        yield tree.Paragraph(inlines, **self.node(inlines, id))

    def _content_blocks(self, value: object) -> Iterator[Block]:
        if not isinstance(value, Scalar):
            inlines = (tree.Text(str(value)),)
            yield tree.Paragraph(inlines, **self.node(inlines))
            return
        text = _Text(self.shared, value, parse_content(value))
        text.nested = self.nested
        yield from text.blocks(text.tokens.blocks)
        text.check_notes()

    def _heading(self, token: Token) -> Iterator[Block]:
        inlines, id = self._inlines_and_id(token["children"])
        level = self.base + token["attrs"]["level"]
        words = tree.plain_text(inlines)
        if any(isinstance(inline, tree.NoteReference) for inline in tree.walk_inlines(inlines)):
            self.problem(words, "en overskrift kan ikke have en fodnote", "sæt noten i teksten under den")
        elif self.nested and self.value is not None:
            self.problem(words, "en overskrift kan ikke stå inde i en liste, en tabel eller en boks", "flyt den ud")
        elif level > self.level + 1:
            right = "#" * (self.level + 1 - self.base)
            self.problem(words, "overskriften springer et niveau over", f"skriv {right} {words}")
        elif level > 5:
            self.problem(words, "overskriften er på sjette niveau eller dybere", "brug højst fem niveauer")
        elif not words.strip():
            self.problem("#", "overskriften er tom", "skriv en overskrift, eller slet #")
        else:
            self.level = level
            if self.value is None:
                self.shared.chapter = level
            yield tree.Heading(level, inlines, **self.node(inlines, id))

    def _list(self, token: Token) -> tree.List:
        node = self.node()
        items: list[tree.ListItem] = []
        for item in token["children"]:
            id = ""
            own = self.node()
            blocks = list(self._inside(item["children"]))
            if not blocks:
                if self.nested < _MOST_NESTED:
                    self.problem("-", "et punkt i listen er tomt", "skriv en tekst, eller slet punktet")
                continue
            first = blocks[0]
            if isinstance(first, tree.Paragraph):
                id, blocks[0] = first.id, replace(first, id="")
            items.append(tree.ListItem(tuple(blocks), **{**own, "origin": first.origin, "id": id}))
        if items:
            node["origin"] = items[0].origin
        attributes = token["attrs"]
        return tree.List(
            tuple(items),
            ordered=attributes["ordered"],
            start=attributes.get("start", 1),
            tight=token["tight"],
            **node,
        )

    def _table(self, token: Token) -> tree.Table:
        head, *bodies = token["children"]
        node = self.node()
        header = self._row(head["children"])
        rows = tuple(self._row(row["children"]) for body in bodies for row in body["children"])
        alignments = tuple(Alignment(cell["attrs"]["align"] or "left") for cell in head["children"])
        node["origin"] = header.origin
        return tree.Table(header, rows, alignments, **node)

    def _row(self, tokens: Any) -> tree.TableRow:
        self.nested += 1
        cells: list[tree.TableCell] = []
        for token in tokens:
            inlines = self.inlines(token["children"])
            cells.append(tree.TableCell(inlines, **self.node(inlines)))
        self.nested -= 1
        return tree.TableRow(tuple(cells), **{**self.node(), "origin": cells[0].origin})

    def _figure(self, token: Token) -> Iterator[Block]:
        path, alt = unquote(token["attrs"]["url"]), "".join(child.get("raw", "") for child in token["children"])
        if self.value is None:
            path, alt = self._filled(path), self._filled(alt)
        caption = token["attrs"].get("title")
        if not alt.strip():
            self.problem(path, f"billedet {path} mangler en beskrivelse", f"skriv ![hvad billedet viser]({path})")
            return
        try:
            data, media_type = pictures.read(path, self.shared.images)
        except pictures.PictureError as error:
            self.problem(path, error.message, error.hint)
            return
        inlines: tuple[Inline, ...] = (tree.Text(caption),) if caption else ()
        raster = (
            self.shared.images.get(path.removesuffix(".svg") + ".png", b"") if media_type == "image/svg+xml" else b""
        )
        yield tree.Figure(data, media_type, alt, inlines, raster, **{**self.node(), "origin": self.origin(path)})

    def _filled(self, words: str) -> str:
        return PLACEHOLDER.sub(lambda match: str(self.shared.rendered.values[int(match[1])]), words)

    def _division(self, token: Token) -> Iterator[Block]:
        role, words, options = (token["attrs"][name] for name in ("role", "words", "options"))
        blocks = tuple(self._inside(token["children"]))
        if role == "contents":
            yield tree.Contents(words or "Indhold", int(options.get("depth", 1)), **self.node())
        elif role == "title":
            children = blocks[0].children if blocks and isinstance(blocks[0], tree.Paragraph) else ()
            yield tree.Title(children, origin=blocks[0].origin if blocks else self.origin(""))
        else:
            yield tree.Division(Role(role), blocks, **{**self.node(), "origin": _first_origin(blocks)})

    def _fields(self, token: Token) -> Iterator[Block]:
        fields: list[tree.Field] = []
        label: tuple[Inline, ...] = ()
        for child in token["children"]:
            if child["type"] == "def_list_head":
                label = self.inlines(child["children"])
                self._template_origin(tree.plain_text(label))
            else:
                value = self.inlines(child["children"][0]["children"])
                fields.append(tree.Field(label, value, **self.node(value)))
        yield tree.FieldTable(tuple(fields), **{**self.node(), "origin": _first_origin(tuple(fields))})

    # -- inlines --

    def _inlines_and_id(self, tokens: Any) -> tuple[tuple[Inline, ...], str]:
        """Inlines, without the `{id=…}` that a template may end them with, and the id."""
        if self.value is None and tokens and tokens[-1]["type"] == "text" and (match := _ID.search(tokens[-1]["raw"])):
            rest = tokens[-1]["raw"][: match.start()]
            tokens = [*tokens[:-1], *([{"type": "text", "raw": rest}] if rest else [])]
            return self.inlines(tokens), str(self.shared.rendered.values[int(match[1])]) if match[1] else match[2]
        return self.inlines(tokens), ""

    def inlines(self, tokens: Any) -> tuple[Inline, ...]:
        result: list[Inline] = []
        for token in tokens:
            for inline in self._inline(token):
                if isinstance(inline, tree.Text) and result and isinstance(result[-1], tree.Text):
                    result[-1] = tree.Text(result[-1].text + inline.text)
                else:
                    result.append(inline)
        return tuple(result)

    def _inline(self, token: Token) -> Iterator[Inline]:
        match token["type"]:
            case "text":
                yield from self._text(token["raw"])
            case "emphasis":
                yield tree.Emphasis(self.inlines(token["children"]))
            case "strong":
                yield tree.Strong(self.inlines(token["children"]))
            case "codespan":
                yield tree.Code(token["raw"])
            case "softbreak":
                yield tree.Text(" ")
            case "linebreak":
                yield tree.LineBreak()
            case "link":
                yield from self._link(token)
            case "footnote_ref":
                yield tree.NoteReference(self._note(token["raw"]))
            case "inline_html":
                self._refuse_html(token["raw"])
            case "image":
                url = unquote(token["attrs"]["url"])
                self.problem(url, "et billede kan ikke stå midt i en linje", "giv det et afsnit for sig selv")
            case kind:
                self.problem("", f"'{kind}' kan ikke bruges her", "skriv det på en anden måde")

    def _text(self, raw: str) -> Iterator[Inline]:
        if match := _UNDEFINED_NOTE.search(raw):
            self.problem(match[0], f"fodnoten {match[0]} er ikke skrevet", f"skriv den nederst i feltet: {match[0]}: …")
        if self.value is not None:
            if UNWRITTEN in raw:
                self.problem(UNWRITTEN, "teksten er ikke skrevet endnu", f"skriv den, og slet {UNWRITTEN}")
            yield from self._cited(raw)
            return
        end = 0
        for match in PLACEHOLDER.finditer(raw):
            if match.start() > end:
                yield tree.Text(raw[end : match.start()])
            yield from self._content_inlines(self.shared.rendered.values[int(match[1])])
            end = match.end()
        if end < len(raw):
            yield tree.Text(raw[end:])

    def _cited(self, raw: str) -> Iterator[Inline]:
        """A text of the content, with `{bilag:id}` as a link whose words can never name the wrong number."""
        end = 0
        for match in _CITATION.finditer(raw):
            if match.start() > end:
                yield tree.Text(raw[end : match.start()])
            end = match.end()
            if found := self._citation(match[1]):
                words, anchor = found
                if words.endswith(".") and raw[end : end + 1] == ".":
                    end += 1  # `53 pct.` ends a sentence with its own full stop
                yield tree.Link((tree.Text(words),), f"#{anchor}") if anchor else tree.Text(words)
                continue
            known = sorted(key for key in self.shared.citations if key[0].islower())
            near = difflib.get_close_matches(match[1].lower(), known, n=1)
            hint = f"mente du {{{near[0]}}}?" if near else f"vælg {', '.join(f'{{{key}}}' for key in known) or 'intet'}"
            self.problem(match[0], f"henvisningen {match[0]} findes ikke", hint)
        if end < len(raw):
            yield tree.Text(raw[end:])

    def _citation(self, key: str) -> tuple[str, str] | None:
        """What a citation stands for in the file that the text is from, or else in the whole document."""
        file = self.value.origin.file if self.value is not None else ""
        return self.shared.citations.get(f"{file}#{key}") or self.shared.citations.get(key)

    def _content_inlines(self, value: object) -> Iterator[Inline]:
        if isinstance(value, Mark):
            yield tree.Badge((tree.Text(str(value)),), tree.Tone(value.tone))
            return
        if not isinstance(value, Scalar):
            yield tree.Text(str(value))
            return
        text = _Text(self.shared, value, parse_content(value))
        tokens = text.tokens.blocks
        if len(tokens) != 1 or tokens[0]["type"] != "paragraph":
            if tokens and tokens[0]["type"] == "block_html":
                text._refuse_html(tokens[0]["raw"])
            else:
                hint = "fjern tomme linjer; sæt \\ foran et tegn, der ellers giver en liste eller overskrift"
                self.shared.problems.append(Problem(value.origin, "her kan kun stå ét afsnit", hint))
            yield tree.Text(value)  # so that what stands around it is not found empty
            return
        yield tree.Span(text.inlines(tokens[0]["children"]), value.origin)
        text.check_notes()

    def _link(self, token: Token) -> Iterator[Inline]:
        target = unquote(token["attrs"]["url"]) if self.value is None else token["attrs"]["url"]
        if self.value is None:
            target = PLACEHOLDER.sub(lambda match: str(self.shared.rendered.values[int(match[1])]), target)
        children = self.inlines(token["children"])
        words = tree.plain_text(children).strip()
        if not target.startswith(_SCHEMES):
            hint = "brug https://…, mailto:… eller #id"
            self.problem(unquote(target), f"linket '{unquote(target)[:60]}' kan ikke bruges", hint)
        elif not words:
            self.problem(unquote(target), "linket har ingen tekst", "skriv [hvad linket fører til](…)")
        elif any(isinstance(inline, tree.Link | tree.NoteReference) for inline in tree.walk_inlines(children)):
            self.problem(words, "et link kan ikke indeholde et andet link eller en fodnote", "flyt det ud")
        else:
            yield tree.Link(children, target)

    def _note(self, key: str) -> int:
        if key not in self.numbers:
            self.shared.notes.append(tree.Note(blocks=()))
            self.numbers[key] = number = len(self.shared.notes)
            blocks = tuple(self._inside(self.tokens.notes.get(key, ())))
            self.shared.notes[number - 1] = tree.Note(blocks=blocks, origin=_first_origin(blocks))
        return self.numbers[key]

    def _refuse_html(self, raw: str) -> None:
        tag = raw.strip().split("\n")[0][:40]
        self.problem(
            tag, f"HTML kan ikke bruges ({tag})", "skriv Markdown; sæt \\ foran <, hvis tegnet skal stå i teksten"
        )


def _first_words(children: Any) -> str:
    for inline in children:
        words = inline.text if isinstance(inline, tree.Text | tree.Code) else ""
        if not words and (inner := getattr(inline, "children", None)):
            words = _first_words(inner)
        if words.strip():
            return str(words).strip()[:30]
    return ""


def _first_origin(blocks: tuple[tree.Node, ...]) -> Origin:
    return blocks[0].origin if blocks else tree.NOWHERE


def _span_origin(inline: Inline) -> Origin | None:
    for inner in tree.walk_inlines((inline,)):
        if isinstance(inner, tree.Span):
            return inner.origin
    return None


def _without_prefix(inlines: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    first, *rest = inlines
    if isinstance(first, tree.Text):
        return (tree.Text(first.text[length:]), *rest) if len(first.text) > length else tuple(rest)
    if isinstance(first, tree.Span):
        return (replace(first, children=_without_prefix(first.children, length)), *rest)
    return inlines
