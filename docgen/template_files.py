"""The files of the templates folder: which of them a document is made of, and what of them makes no difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
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
_TAKING = re.compile(r"\{%[-+]?\s*(?:include|import|from|extends)\b")
_NAMED = re.compile(r"\{%[-+]?\s*(?:include|import|from|extends)\s+(?:'([^'\\]*)'|\"([^\"\\]*)\")(?:\s[^%'\"]*)?%\}")


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
    texts = dict(sources)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        found.add(path := waiting.pop())
        try:
            others = _taken_by(texts.get(path, b"").decode())
        except UnicodeDecodeError:
            return None  # told when it is filled
        if others is None:
            return None
        waiting += others - found
    return frozenset(found)


def _taken_by(text: str) -> Set[str] | None:
    """The templates that a template takes in by itself; None where a name is not written out, or it is none."""
    if "endraw" not in text:  # then what stands in it as a statement is one, or a comment
        said = _COMMENT.sub(lambda found: "" if found["ends"] is not None else found[0], text)
        names = _NAMED.findall(said)
        if len(names) == len(_TAKING.findall(said)):
            return {single or double for single, double in names}
    from jinja2 import Environment, TemplateError, meta

    try:
        others = set(meta.find_referenced_templates(Environment().parse(text)))
    except (TemplateError, RecursionError):
        return None  # told when it is filled
    return None if None in others else {other for other in others if other is not None}


_EMPTY: Mapping[str, Callable[[str], str]] = {
    ".j2": lambda text: _COMMENT.sub(_emptied, text),
    ".css": css_without_comments,
    ".typ": _typst_without_comments,
}
"""What empties a file's comments, by how its name ends."""
