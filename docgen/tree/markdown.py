"""Markdown -> tokens: the only module that knows mistune.

Two dialects. Content (`parse_content`): paragraphs, headings, emphasis, lists, tables, quotes, code, footnotes, links
and pictures. Templates (`parse_template`): the same, and definition lists and divisions: `:::{role}` … `:::`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import mistune
from mistune.directives import DirectivePlugin, FencedDirective
from mistune.plugins.def_list import def_list
from mistune.plugins.footnotes import footnotes
from mistune.plugins.table import table

from docgen.structs import Struct
from docgen.tree.document import Role

Token = Mapping[str, Any]
DIRECTIVES = ("title", "contents", *Role)


class Tokens(Struct, frozen=True):
    """A parsed text: its blocks, its footnotes by key, and the keys of footnotes that nothing points to."""

    blocks: tuple[Token, ...]
    notes: Mapping[str, tuple[Token, ...]]
    unused_notes: tuple[str, ...]


def parse_content(text: str) -> Tokens:
    """The tokens of a content string."""
    return _parse(_parser(False), text)


def parse_template(text: str) -> Tokens:
    """The tokens of a rendered template, placeholders and all."""
    return _parse(_parser(True), text)


def _parse(parser: mistune.Markdown, text: str) -> Tokens:
    parsed, state = parser.parse(text)
    assert isinstance(parsed, list)  # mistune gives tokens when it has no renderer
    notes = {
        item["attrs"]["key"]: tuple(item["children"])
        for token in parsed
        if token["type"] == "footnotes"
        for item in token["children"]
    }
    defined = state.env.get("ref_footnotes") or {}
    blocks = tuple(token for token in parsed if token["type"] not in ("footnotes", "blank_line"))
    return Tokens(blocks, notes, tuple(key for key in defined if key not in notes))


@lru_cache(maxsize=2)
def _parser(template: bool) -> mistune.Markdown:
    plugins: list[Any] = [table, footnotes]
    if template:
        plugins += [def_list, FencedDirective([_Division()], markers=":")]
    return mistune.create_markdown(renderer=None, plugins=plugins)


class _Division(DirectivePlugin):
    """`:::{role} words` as one token with the blocks inside it."""

    def parse(self, block: Any, m: Any, state: Any) -> dict[str, Any]:
        options = dict(self.parse_options(m))
        children = self.parse_tokens(block, self.parse_content(m), state)
        attrs = {"role": self.parse_type(m), "words": self.parse_title(m) or "", "options": options}
        return {"type": "division", "attrs": attrs, "children": children}

    def __call__(self, directive: Any, md: mistune.Markdown) -> None:
        for name in DIRECTIVES:
            directive.register(str(name), self.parse)
