"""The files of a draft as YAML, laid out as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docgen.content.yaml_style import Convention, collection_lines, plain_value
from docgen.importing.draft import Fields
from docgen.kinds.kind import Kind

_LAYOUT = Convention(step=2, list_step=2, width=118)


def yaml_files(files: Mapping[str, Fields], kinds: Iterable[Kind], said: str) -> dict[str, bytes]:
    """Each file's bytes by its path in the content folder; `said` is a comment at the top of the first one.

    Raises UnwritableError for what YAML cannot hold.
    """
    written = {}
    for number, (path, fields) in enumerate(files.items()):
        lines = collection_lines(plain_value(fields), 0, _LAYOUT)
        if schema := _schema_of(path, kinds):
            head = [f"# yaml-language-server: $schema={'../' * (path.count('/') + 1)}schemas/{schema}.json"]
        else:
            head = []
        if number == 0 and said:
            head += [f"# {line}" for line in said.splitlines()]
        written[path] = "\n".join([*head, *lines, ""]).encode()
    return written


def _schema_of(path: str, kinds: Iterable[Kind]) -> str:
    folder, _, inside = path.partition("/")
    for kind in kinds:
        if kind.folder == folder:
            return next((file.name for file in kind.files if file.match(inside) is not None), "")
    return ""
