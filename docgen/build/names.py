"""What a name on the command line stands for: an id, a kind in one or in many, a file, or an id without its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from docgen import danish
from docgen.content.validation import nearest
from docgen.document_id import DocumentId
from docgen.kinds.kind import Kind
from docgen.problems import Origin, Problem
from docgen.project import Project


def in_folder(names: Sequence[str], content: Path) -> tuple[str, ...]:
    """Names, where those that are a file or folder in the content folder are its path there."""
    return tuple(_in_folder(name, content) for name in names)


def issued_name(project: Project, name: str, content: Path) -> str:
    """The name of an issued version (`policy/x@1.0`), where its document has one of the names that documents have."""
    document, at, version = name.partition("@")
    found = Names(project.graph.documents, project.kinds).full(_in_folder(document, content))
    return f"{found}{at}{version}" if isinstance(found, str) else name


def _in_folder(name: str, content: Path) -> str:
    path = Path(name.replace("\\", "/"))
    if len(path.parts) < 2 and path.suffix != ".yaml":
        return name
    for place in (path, content / path):
        try:
            inside = place.resolve().relative_to(content.resolve())
        except (OSError, RuntimeError, ValueError):
            continue
        if place.exists() and inside.parts:
            return inside.as_posix()
    return name


class Names:
    """The documents of a folder by all that they are called."""

    def __init__(self, documents: Collection[DocumentId], kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._by_folder = {kind.folder: kind.name for kind in kinds.values()}
        self._documents = {str(id): id for id in documents}
        self._by_name: dict[str, list[DocumentId]] = {}
        for id in documents:
            self._by_name.setdefault(id.name, []).append(id)

    def full(self, name: str) -> str | Problem:
        """The kind, document or rendering that a name stands for, as ids are written; a Problem where it is none."""
        first, *rest = [part for part in name.strip().replace("\\", "/").split("/") if part not in ("", ".")] or [""]
        kind = self._by_folder.get(first, first)
        if kind in self._kinds:
            if not rest:
                return kind
            named = rest[0].removesuffix(".yaml")
            if (found := self._document(kind, named)) is not None:
                is_inside = rest[-1].endswith(".yaml") or (first != kind and len(self._kinds[kind].files) > 1)
                return found if is_inside else "/".join((found, *rest[1:]))
        elif (others := self._by_name.get(first.removesuffix(".yaml"), [])) and len(others) == 1:
            return "/".join((str(others[0]), *rest))
        elif others:
            shown = danish.enumerate(["/".join((str(id), *rest)) for id in others], "eller")
            return Problem(Origin(name), f"{len(others)} dokumenter hedder {first}", f"skriv {shown}")
        return self._unknown(name)

    def _document(self, kind: str, name: str) -> str | None:
        """A document, or what lies in its place under a name that is none, as `x.yml` for `x`."""
        exact = f"{kind}/{name}"
        if exact in self._documents:
            return exact
        like = [text for text, id in self._documents.items() if id.kind == kind and id.name.partition(".")[0] == name]
        return like[0] if len(like) == 1 else None

    def _unknown(self, name: str) -> Problem:
        known = [text for text, id in self._documents.items() if "." not in id.name]
        if not known:
            return Problem(Origin(name), "dokumentet findes ikke", "der er ingen dokumenter i indholdet")
        by_name = {id.name: text for text, id in self._documents.items() if text in known}
        near = [by_name[found] for found in nearest(name.strip("/").rpartition("/")[2], by_name)]
        words = [*nearest(name, known if "/" in name else [*self._kinds, *known]), *near]
        return Problem(Origin(name), "dokumentet findes ikke", one_of(words) or "se dem alle med docgen list")


def one_of(words: Sequence[str]) -> str:
    """`mente du a, b eller c?`, of the first three; nothing of none."""
    found = list(dict.fromkeys(words))[:3]
    return f"mente du {danish.enumerate(found, 'eller')}?" if found else ""
