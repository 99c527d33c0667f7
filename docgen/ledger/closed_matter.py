"""What is closed in a whole project, as strings that can be looked for: whatever the public edition does not show."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from docgen.content.fields import texts_of
from docgen.content.scalar import Scalar, place_of
from docgen.content.yaml_reader import scalars
from docgen.content.yaml_values import Map, Sequence, Value
from docgen.kinds.edition import Edition
from docgen.pdf_pages.streams import text_of
from docgen.problems import Origin
from docgen.project import Project
from docgen.structs import Struct, field

SHORTEST = 12
"""So many characters have what is distinctive: fewer are found by chance."""

_END = re.compile(r"(?<=[.!?:;])\s+|\n+|\|")
_SIGNS = re.compile(r"[*_`#>\[\]]+|^\s*(?:[-+]|\d+\.)\s+", re.MULTILINE)
_NAME = re.compile(r"[A-ZÆØÅ][\wÀ-ÿ.-]+(?: [A-ZÆØÅ][\wÀ-ÿ.-]*)+")
_ONE_NAME = re.compile(r"(?<=[a-zæøå0-9,] )[A-ZÆØÅ](?=[\w-]*[a-zæøå])[\wÀ-ÿ-]{2,}")
"""A name of one word: inside a sentence nothing else begins with a capital (Retskrivningsordbogen § 11)."""
_AMOUNT = re.compile(
    r"\d[\d.]*(?:,\d+)? ?(?:(?:mio|mia|t)\. ?)?(?:kr\.?|kroner|euro|pct\.|%|mio\.|mia\.)", re.IGNORECASE
)


class Secret(Struct, frozen=True):
    """Words that are closed, and where they are written."""

    words: str
    origin: Origin


class ClosedMatter(Struct, frozen=True):
    """All that is closed: `distinctive` are strings that stand in no open text, `short` names, amounts and titles that
    could stand elsewhere by chance, and `unread` the closed annexes that have no words that could be looked for.
    `annexes` are all closed annexes by the hash of their bytes."""

    distinctive: tuple[Secret, ...]
    short: tuple[Secret, ...]
    unread: tuple[Secret, ...]
    annexes: Mapping[str, Secret] = field(default_factory=dict)


def closed_matter(project: Project) -> ClosedMatter:
    """What is closed in a project."""
    hidden, unread = [], []
    annexes: dict[str, Secret] = {}
    for text, origin in _hidden_texts(project):
        hidden.append(Secret(text, origin))
        if (data := project.content.files.get(f"annexes/{text}")) is not None:
            annexes.setdefault(hashlib.sha256(data).hexdigest(), Secret(text, origin))
            if (inside := text_of(data)) is None:
                unread.append(Secret(text, origin))
            else:
                hidden.append(Secret(inside, origin))
    shown = "\n".join(map(plain, _open_texts(project)))
    known = "\n".join(map(plain, _known_to_all(project)))
    distinctive: dict[str, Origin] = {}
    short: dict[str, Origin] = {}
    for secret in hidden:
        for piece in _pieces(secret.words):
            if len(piece) >= SHORTEST and piece not in shown:
                distinctive.setdefault(piece, secret.origin)
        for piece in _short(secret.words):
            if piece not in known and piece not in distinctive:
                short.setdefault(piece, secret.origin)
    return ClosedMatter(
        tuple(Secret(*item) for item in distinctive.items()),
        tuple(Secret(*item) for item in short.items()),
        tuple(dict.fromkeys(unread)),
        annexes,
    )


def plain(text: str) -> str:
    """A text as it is looked for: one space between words, no signs of Markdown, no hidden hyphens."""
    return " ".join(_SIGNS.sub("", str(text).replace("\N{SOFT HYPHEN}", "")).split())


def _hidden_texts(project: Project) -> Iterator[tuple[str, Origin]]:
    """The texts of documents that their public parts do not have; ids, too."""
    public = project.in_edition(Edition.PUBLIC)
    for id, document in project.content.documents.items():
        shown = set(texts_of(public.documents[project.neutral.get(id, id)]))
        for text in texts_of(document):
            if text not in shown:
                yield str(text), place_of(text, document.origin)
    for id in project.content.invalid:
        for path in project.graph.written_in(id):
            if (written := project.content.maps.get(path)) is not None:
                yield from ((str(text), text.origin) for text in _marked_closed(written))


def _marked_closed(value: Value) -> Iterator[Scalar]:
    """The texts of what says that it is closed in a file that is at fault, so that no model of it can say what is."""
    if isinstance(value, Map) and "closed" in value:
        yield from scalars(value)
    elif isinstance(value, Map | Sequence):
        for inner in value.values() if isinstance(value, Map) else value:
            yield from _marked_closed(inner)


def _open_texts(project: Project) -> Iterator[str]:
    public = project.in_edition(Edition.PUBLIC)
    for model in (public.settings, public.organisation, *public.documents.values()):
        yield from texts_of(model)
    yield from _known_to_all(project)


def _known_to_all(project: Project) -> Iterator[str]:
    """What any document could say: names of the register, the municipality's sentences, and templates."""
    yield from (body.name for body in project.content.organisation.bodies)
    yield from texts_of(project.in_edition(Edition.PUBLIC).settings)
    for data in project.template_files.values():
        yield data.decode("utf-8", "replace")


def _pieces(text: str) -> Iterable[str]:
    """A text's sentences, and the whole of it."""
    return dict.fromkeys(piece for part in (*_END.split(text), text) if (piece := plain(part).rstrip(".:;,")))


def _short(text: str) -> Iterator[str]:
    """Names and amounts in a text, and the whole of a short one that reads like a title."""
    words = plain(text)
    for found in _NAME.finditer(words):
        parts = found[0].rstrip(".").split()
        yield from (" ".join(parts[start:]) for start in range(len(parts) - 1))  # a sentence may begin before the name
    for sentence in map(plain, _END.split(text)):
        yield from (found[0] for found in _ONE_NAME.finditer(_NAME.sub("", sentence)))
    yield from (found[0] for found in _AMOUNT.finditer(words))
    if 2 < len(words) < SHORTEST and words[0].isupper() and not words.isupper():
        yield words
