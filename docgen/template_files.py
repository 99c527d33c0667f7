"""The files of the templates folder: which of them a document is made of, and what of them makes no difference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Environment, TemplateError

from docgen.content.yaml_reader import dump_json, read_yaml
from docgen.problems import ContentError

_COMMENT = re.compile(
    r"\{%[-+]?\s*raw\b.*?\bendraw\s*[-+]?%\}|\{%.*?%\}|\{\{.*?\}\}|\{#(?P<begins>[-+]?).*?(?P<ends>[-+]?)#\}", re.DOTALL
)
_MAY_TAKE = re.compile(rb"\b(?:include|import|from|extends)\b")


def needed(name: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Of the templates folder what a document with the template `name` is made of: that, the templates it takes in,
    directly or through others, and all that is no such template (the theme). All, where a name is not written out."""
    own = {path: data for path, data in files.items() if _is_kind(path)}
    found = _taken(name, tuple(sorted(own.items())))
    return files if found is None else {path: data for path, data in files.items() if path in found or path not in own}


def without_comments(path: str, data: bytes) -> bytes:
    """A file of the templates folder without what its authors wrote to each other: the comments of templates and YAML
    files. It makes the same document."""
    if path.endswith(".j2"):
        try:
            return _COMMENT.sub(_emptied, data.decode()).encode()
        except UnicodeDecodeError:
            return data
    if path.endswith((".yaml", ".yml")):
        try:
            return dump_json(read_yaml(path, data), indent=1)
        except ContentError:
            return data
    return data


def _emptied(found: re.Match[str]) -> str:
    return f"{{#{found['begins']} {found['ends']}#}}" if found["ends"] is not None else found[0]


def _is_kind(path: str) -> bool:
    return path.endswith(".j2") and "/" not in path


@lru_cache(maxsize=32)
def _taken(name: str, sources: tuple[tuple[str, bytes], ...]) -> frozenset[str] | None:
    from jinja2 import meta

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
