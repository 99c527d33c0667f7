"""What a version says: the words that stand in its own content, which are what its number names for ever.

Read from the document's own model in the order of its fields, each value once, and never from the tree: so the words of
templates, labels from the settings, repeats, contents and typography are not in it, whatever made the document. Left
out are ids, the version number itself, and what a field says is no words of the document's (`Field(words=False)`).
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum

from docgen.content.fields import Model, fields_of
from docgen.content.scalar import Scalar
from docgen.kinds.kind import Kind
from docgen.ledger.rebuild import job_of_source
from docgen.pipeline import Job
from docgen.structs import Struct
from docgen.tree import pictures
from docgen.tree.markdown import Token, parse_content

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CITATION = re.compile(r"\{([^{}\s]+)\}")


def words_hash(job: Job) -> str:
    """The hash of what a rendering says (SHA-256, hexadecimal).

    Of its source, and so, in the public edition, of nothing that is closed.
    """
    return hash_of(words(job.source, job.project.kinds))


def hash_of(lines: Sequence[str]) -> str:
    """The hash of some words as `words` gives them."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def words(source: bytes, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """What the document of a source says: for each value a line of its key and its words, in the content's order.

    Raises DocgenError for a source that this docgen cannot read, KeyError where it has not the document.
    """
    job = job_of_source(source, (), kinds)
    content = job.project.content
    own = content.documents[job.id.document]
    citations = {key: words for key, (words, _) in job.prepared.citations.items()}
    return tuple(_Words(content.files, citations).of_model(job.kind.said_by(own, job.id.rendering)))


class _Words(Struct, frozen=True):
    """Reads values: `files` are the content's, `citations` the words that `{…}` in a text stands for."""

    files: Mapping[str, bytes]
    citations: Mapping[str, str]

    def of_model(self, model: Model) -> Iterator[str]:
        for key, found in fields_of(type(model)).items():
            if found.words and found.name != "id":
                yield from self._of_value(key, getattr(model, found.name))

    def _of_value(self, key: str, value: object) -> Iterator[str]:
        match value:
            case None:
                pass
            case Model():
                yield f"{key}:"
                yield from self.of_model(value)
            case tuple():
                for item in value:
                    yield from self._of_value(key, item)
            case dict():
                for name in value:
                    yield from self._of_value(f"{key} {name}", value[name])
            case _:
                yield f"{key}: {self._shown(value)}"

    def _shown(self, value: object) -> str:
        match value:
            case Enum():
                return str(value.value)
            case str():
                return self._text(value)
            case Decimal():
                return format(value.normalize(), "f")
            case datetime.date() | datetime.time():
                return value.isoformat()
            case _:
                return str(value)

    def _text(self, text: str) -> str:
        """The words of a text in Markdown: what stands in it, its notes, its pictures and their descriptions."""
        file = text.origin.file if isinstance(text, Scalar) else ""
        cited = _CITATION.sub(lambda found: self._cited(found[1], file), str(text))
        parsed = parse_content(cited)
        parts = [self._tokens(parsed.blocks)]
        parts += [f"[^] {self._tokens(blocks)}" for blocks in parsed.notes.values()]
        return plain_words(" ".join(parts))

    def _cited(self, key: str, file: str) -> str:
        found = self.citations.get(f"{file}#{key}") or self.citations.get(key)
        return f"{{{key}}}" if found is None else found

    def _picture(self, path: str) -> bytes:
        """A picture as it is shown, without its metadata: whoever strips these changes no word."""
        try:
            return pictures.read(path, self.files)[0]
        except pictures.PictureError:
            return self.files.get(path, path.encode())

    def _tokens(self, tokens: Sequence[Token]) -> str:
        return "".join(self._token(token) for token in tokens)

    def _token(self, token: Token) -> str:
        inner = self._tokens(token.children)
        match token.type:
            case "text" | "codespan" | "inline_html":
                return token.raw
            case "emphasis" | "strong":
                return inner
            case "softbreak" | "linebreak":
                return " "
            case "footnote_ref":
                return "[^]"
            case "link":
                return f"{inner} <{token.url}>"
            case "image":
                return f" {inner} {token.title} <{hashlib.sha256(self._picture(token.url)).hexdigest()}> "
            case "list":
                return f" {token.start}. {inner}" if token.ordered else f" {inner}"
            case "table_cell":
                return f" | {inner}"
            case _:  # a block
                return f" {token.raw}{inner}"


def plain_words(text: str) -> str:
    """Words as they are compared: every space is one space, and what cannot be seen is not there."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())
