"""What lets a paragraph of a Word file be found again in its source: keys, paragraph ids and the manifest."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from docgen.problems import Origin
from docgen.structs import Struct, field
from docgen.tree.document import Inline, Span, Text, plain_text
from docgen.tree.text import markdown_text

_KEY_DIGITS = 10
_LARGEST_PARAGRAPH_ID = 0x7FFFFFFF  # MS-DOCX, paraId: w14:paraId is below 0x80000000


class Carrier(Struct, frozen=True):
    """The two marks of one paragraph: the name of its bookmark and its `w14:paraId` (8 hexadecimal digits)."""

    bookmark: str
    paragraph_id: str


class Carriers(Struct):
    """Gives out the marks of one document and remembers what each stands for."""

    document_id: str
    manifest: dict[str, dict[str, object]] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)
    _paragraph_ids: set[int] = field(default_factory=set)

    def add(self, origin: Origin, part: int, kind: str, inlines: tuple[Inline, ...]) -> Carrier | None:
        """The marks of a paragraph, or `None` where it comes from no file.

        The key hashes the document's id, the YAML path (for template text, which has none, the text with its
        insertions left open), `part`, `kind` and whether it is computed; what is equal in all of these is told apart
        by its order. It
        stays the same when the text of a path changes and when others come before it.
        """
        if not origin.file:
            return None
        place: object = list(origin.path) if origin.path else plain_text(_open(inlines))
        identity = json.dumps([self.document_id, place, part, kind], ensure_ascii=True)
        spans = tuple(_spans(inlines))
        if _is_computed(origin, spans):  # so that none of these moves the keys of what somebody wrote
            identity += "="
        order = self._seen[identity]
        self._seen[identity] += 1
        key, digest = self._unused_key(f"{identity}{order or ''}")
        self.manifest[key] = _entry(origin, part, kind, inlines) | _insertions(spans)
        return Carrier("_dg_" + key, f"{self._unused_paragraph_id(digest):08X}")

    def _unused_key(self, identity: str) -> tuple[str, bytes]:
        salt = ""
        while True:
            digest = hashlib.sha256((identity + salt).encode()).digest()
            key = digest.hex()[:_KEY_DIGITS]
            if key not in self.manifest:
                return key, digest
            salt += "+"

    def _unused_paragraph_id(self, digest: bytes) -> int:
        number = int.from_bytes(digest[8:12]) & _LARGEST_PARAGRAPH_ID
        while number == 0 or number in self._paragraph_ids:
            number = (number + 1) & _LARGEST_PARAGRAPH_ID
        self._paragraph_ids.add(number)
        return number

    def manifest_json(self) -> str:
        """The manifest: key -> file, path, part, kind, markdown, and spans where a text has insertions."""
        return json.dumps(self.manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_computed(origin: Origin, spans: tuple[Span, ...]) -> bool:
    """Whether a paragraph is from `origin` since something in it is computed from what stands there."""
    here = [span for span in spans if span.origin == origin]
    return bool(here) and all(span.computed and not _is_looked_up(span) for span in here)


def _is_looked_up(span: Span) -> bool:
    """Whether it is words of a register, which stand there as they are."""
    return isinstance(span.children[0], Span)


def _open(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(Text("{" + ".".join(i.origin.path) + "}") if isinstance(i, Span) else i for i in inlines)


def _entry(origin: Origin, part: int, kind: str, inlines: tuple[Inline, ...]) -> dict[str, object]:
    return {
        "file": origin.file,
        "path": list(origin.path),
        "part": part,
        "kind": kind,
        "markdown": markdown_text(inlines),
    }


def _spans(inlines: tuple[Inline, ...]) -> Iterator[Span]:
    """The spans of a paragraph in order, and those inside words that somebody wrote: a citation is computed."""
    for inline in inlines:
        if isinstance(inline, Text):
            continue
        if isinstance(inline, Span):
            yield inline
            if inline.computed:
                continue
        yield from _spans(getattr(inline, "children", ()))


def _insertions(spans: tuple[Span, ...]) -> dict[str, object]:
    return {"spans": [_span(span) for span in spans]} if spans else {}


def _span(span: Span) -> dict[str, object]:
    entry: dict[str, object] = {
        "file": span.origin.file,
        "path": list(span.origin.path),
        "markdown": markdown_text(span.children),
    }
    return entry | {"computed": True} if span.computed else entry
