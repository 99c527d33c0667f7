"""Markdown -> tokens: the only module that knows mistune.

Two dialects. Content (`parse_content`): paragraphs, headings, emphasis, lists, tables, quotes, code, footnotes, links
and pictures. Templates (`parse_template`): the same, and definition lists and divisions: `:::{role}` … `:::`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import mistune
from mistune.directives import DirectivePlugin, FencedDirective
from mistune.helpers import unescape_char
from mistune.plugins.def_list import def_list
from mistune.plugins.footnotes import footnotes
from mistune.plugins.table import NP_TABLE_PATTERN, parse_nptable, table_in_list, table_in_quote

from docgen.remembering import letters, remembered
from docgen.structs import Struct, field
from docgen.tree.document import Role
from docgen.tree.markdown_tables import PATTERN, parse_table
from docgen.tree.pasted import tables_of_tabs
from docgen.tree.typed import KEPT_DOT, keep_numbers

DIRECTIVES = ("title", "contents", *Role)


class Token(Struct, frozen=True):
    """One element of a parsed text; `type` is mistune's word for it, and what a type does not have is empty.

    `raw` is the text of what holds no other elements; `level` a heading's; `ordered`, `start` and `tight` a list's;
    `align` a cell's (`left`, `right`, `center` or empty); `url` and `title` a link's or picture's; `name`, `words` and
    `options` a division's, as in `:::{name} words`; `words` also a table row's line, and a sign for each column of a
    table (`=` where it names the rows).
    """

    type: str
    raw: str = ""
    children: tuple[Token, ...] = ()
    level: int = 0
    ordered: bool = False
    start: int = 1
    tight: bool = True
    align: str = ""
    url: str = ""
    title: str = ""
    name: str = ""
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


class Tokens(Struct, frozen=True):
    """A parsed text: its blocks, its footnotes by key, and the keys of footnotes that nothing points to."""

    blocks: tuple[Token, ...]
    notes: Mapping[str, tuple[Token, ...]]
    unused_notes: tuple[str, ...]


@remembered(600_000, lambda text: str(text), weight=letters)
def parse_content(text: str) -> Tokens:
    """The tokens of a content string; a date or a year that begins a paragraph begins no list, and lines with
    tabs between their cells are a table."""
    return _content(str(text))


@lru_cache(maxsize=1024)
def _content(text: str) -> Tokens:
    """A version's words are compared with its document's, and most are the same."""
    if _PLAIN.fullmatch(text):
        return Tokens((Token("paragraph", children=(Token("text", text.rstrip("\n")),)),), {}, ())
    return _parse(_parser(False), tables_of_tabs(keep_numbers(text)))


_PLAIN = re.compile(r"[A-Za-zÆØÅæøå](?:[^\W_]|[ ,.;:()?%/§’”“–{}-])*+(?<! )\n?")
"""A text on one line without any sign that Markdown knows, as most are."""


@remembered(64, lambda text: str(text))
def parse_template(text: str) -> Tokens:
    """The tokens of a rendered template, placeholders and all."""
    return _parse(_parser(True), text)


def _parse(parser: mistune.Markdown, text: str) -> Tokens:
    parsed, state = parser.parse(text)
    assert isinstance(parsed, list)  # mistune gives tokens when it has no renderer
    notes = {
        item["attrs"]["key"]: _tokens(item["children"])
        for token in parsed
        if token["type"] == "footnotes"
        for item in token["children"]
    }
    defined = state.env.get("ref_footnotes") or {}
    blocks = _tokens([token for token in parsed if token["type"] != "footnotes"])
    return Tokens(blocks, notes, tuple(key for key in defined if key not in notes))


def _tokens(parsed: list[dict[str, Any]]) -> tuple[Token, ...]:
    return tuple([_token(token) for token in parsed if token["type"] != "blank_line"])


def _token(parsed: dict[str, Any]) -> Token:
    type, raw, children = parsed["type"], parsed.get("raw", ""), parsed.get("children")
    raw = raw.replace(KEPT_DOT, ".")
    inner = _tokens(children) if children else ()
    if "attrs" not in parsed:  # most have none
        return Token(type, raw, inner)
    attributes = {name: value for name, value in parsed["attrs"].items() if name in _ATTRIBUTES and value is not None}
    attributes |= {name: attributes[name].replace(KEPT_DOT, ".") for name in ("url", "title") if name in attributes}
    return Token(type, raw, inner, tight=parsed.get("tight", True), **attributes)


_ATTRIBUTES = frozenset(("level", "ordered", "start", "align", "url", "title", "name", "words", "options"))


@lru_cache(maxsize=2)
def _parser(template: bool) -> mistune.Markdown:
    plugins: list[Any] = [_tables, table_in_list, table_in_quote, footnotes]
    if template:
        plugins += [def_list, FencedDirective([_Division()], markers=":")]
    return mistune.Markdown(renderer=None, inline=_Inline(), plugins=plugins)


def _tables(md: mistune.Markdown) -> None:
    """Tables with bars as docgen has them, and mistune's own without bars at the sides."""
    md.block.register("table", PATTERN, parse_table, before="paragraph")
    md.block.register("nptable", NP_TABLE_PATTERN, parse_nptable, before="paragraph")


class _Inline(mistune.InlineParser):
    """Keeps the signs after a backslash apart from other text, as tokens of the type `escaped`."""

    def parse_escape(self, m: re.Match[str], state: Any) -> int:
        state.append_token({"type": "escaped", "raw": unescape_char(m[0])})
        return m.end()


class _Division(DirectivePlugin):
    """`:::{role} words` as one token with the blocks inside it."""

    def parse(self, block: Any, m: Any, state: Any) -> dict[str, Any]:
        options = dict(self.parse_options(m))
        children = self.parse_tokens(block, self.parse_content(m), state)
        attrs = {"name": self.parse_type(m), "words": self.parse_title(m) or "", "options": options}
        return {"type": "division", "attrs": attrs, "children": children}

    def __call__(self, directive: Any, md: mistune.Markdown) -> None:
        for name in DIRECTIVES:
            directive.register(str(name), self.parse)
