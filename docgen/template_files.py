"""The files of the templates folder: which of them a document is made of, and what of them makes no difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from docgen.content.yaml_reader import dump_json, read_yaml
from docgen.problems import ContentError

_COMMENT = re.compile(
    r"\{%[-+]?\s*raw\b.*?\bendraw\s*[-+]?%\}|\{%.*?%\}|\{\{.*?\}\}|\{#(?P<begins>[-+]?).*?(?P<ends>[-+]?)#\}", re.DOTALL
)
_CSS_COMMENT = re.compile(
    r"""\"(?:[^"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|url\([^)]*\)|(?P<comment>/\*.*?(?:\*/|$))""", re.DOTALL
)
_TYPST_COMMENT = re.compile(
    r'"(?:[^"\\]|\\.)*+"|(?P<before>^(?:[^"\n/]|/(?!/)|(?<=:)//)*+)//[^\n]*', re.DOTALL | re.MULTILINE
)
_MAY_TAKE = re.compile(rb"\b(?:include|import|from|extends)\b")


def needed(name: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Of the templates folder what a document with the template `name` is made of: that, the templates it takes in,
    directly or through others, and all that is no such template (the theme). All, where a name is not written out."""
    own = {path: data for path, data in files.items() if _is_kind(path)}
    found = _taken(name, tuple(sorted(own.items())))
    return files if found is None else {path: data for path, data in files.items() if path in found or path not in own}


@lru_cache(maxsize=128)
def without_comments(path: str, data: bytes) -> bytes:
    """A file of the templates folder without what its authors wrote to each other: the comments of templates, YAML
    files, styles and layout programs. It makes the same document."""
    empty = next((empty for ending, empty in _EMPTY.items() if path.endswith(ending)), None)
    if empty is not None:
        try:
            return empty(data.decode()).encode()
        except UnicodeDecodeError:
            return data
    if path.endswith((".yaml", ".yml")):
        try:
            return dump_json(read_yaml(path, data), indent=1)
        except ContentError:
            return data
    return data


@lru_cache(maxsize=8)
def css_without_comments(text: str) -> str:
    """A style without what comments say (CSS Syntax 3, 4.3.2)."""
    return _CSS_COMMENT.sub(lambda found: "/**/" if found["comment"] is not None else found[0], text)


def _typst_without_comments(text: str) -> str:
    """A layout program without what comments say. One stays as it is where it could be a part of a text: in a program
    with text as it is typed, and where a quotation mark stands before it in its line."""
    if "```" in text:
        return text
    return _TYPST_COMMENT.sub(lambda found: f"{found['before']}//" if found["before"] is not None else found[0], text)


def _emptied(found: re.Match[str]) -> str:
    return f"{{#{found['begins']} {found['ends']}#}}" if found["ends"] is not None else found[0]


def _is_kind(path: str) -> bool:
    return path.endswith(".j2") and "/" not in path


@lru_cache(maxsize=32)
def _taken(name: str, sources: tuple[tuple[str, bytes], ...]) -> frozenset[str] | None:
    from jinja2 import Environment, TemplateError, meta

    texts, environment = dict(sources), Environment()
    found: set[str] = set()
    waiting = [name]
    while waiting:
        found.add(path := waiting.pop())
        data = texts.get(path, b"")
        if not _MAY_TAKE.search(data):  # most take in nothing, and need not be read twice
            continue
        try:
            others = set(meta.find_referenced_templates(environment.parse(data.decode())))
        except (TemplateError, UnicodeDecodeError, RecursionError):
            return None  # told when it is filled
        if None in others:
            return None
        waiting += [other for other in others if other is not None and other not in found]
    return frozenset(found)


_EMPTY: Mapping[str, Callable[[str], str]] = {
    ".j2": lambda text: _COMMENT.sub(_emptied, text),
    ".css": css_without_comments,
    ".typ": _typst_without_comments,
}
"""What empties a file's comments, by how its name ends."""
