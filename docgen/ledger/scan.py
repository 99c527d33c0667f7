"""Looks through all that is about to be issued, unpacked, for what is closed. It finds nothing where all is well: what
is closed is not taken out of the public edition, it is never put in."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from docgen.content.scalar import place_of
from docgen.kinds.document_fields import Annex
from docgen.ledger.closed_matter import ClosedMatter, Secret, plain
from docgen.ledger.record import PACK
from docgen.pdf_pages.redaction import covered_pages
from docgen.pdf_pages.streams import streams_of
from docgen.problems import Problem
from docgen.structs import Struct, field, replace

_TAG = re.compile(r"<[^<>]*>")
_DATA = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=\s]+)")
_ESCAPES = {r"\n": "\n", r"\"": '"', r"\\": "\\", r"\t": "\t"}
_ESCAPE = re.compile(r'\\[n"\\t]')
_LAYERS = 4
_MANY = 20
_NOTHING: Mapping[str, bytes] = {}
_LINE_END = re.compile(r"-[ \t]*\n[ \t]*(?=[a-zæøå])")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_MAX_STREAM = 50_000_000


class Found(Struct, frozen=True):
    """What a search found: closed words by the files that they are in, closed annexes that could not be read, and open
    annexes with the pages where words under a box or a mark can still be copied.

    `given` are closed words that stand in what others wrote, an open annex: docgen did not put them there; `same` are
    annexes that are closed elsewhere, by the open ones that are the very same file."""

    distinctive: Mapping[Secret, tuple[str, ...]]
    short: Mapping[Secret, tuple[str, ...]]
    unread: tuple[Secret, ...]
    covered: Mapping[Secret, tuple[int, ...]] = field(default_factory=dict)
    given: Mapping[Secret, tuple[str, ...]] = field(default_factory=dict)
    same: Mapping[Secret, tuple[str, ...]] = field(default_factory=dict)

    @property
    def must_be_confirmed(self) -> bool:
        """Whether somebody must say why it may be issued all the same."""
        return bool(self.short or self.unread or self.covered or self.given or self.same)


def scan(outputs: Mapping[str, bytes], closed: ClosedMatter, given: Mapping[str, bytes] = _NOTHING) -> Found:
    """What of all that is closed is in some files, by what they are called; `given` are those that others wrote. What
    stands in one of these can be in a pack, too, for it is a part of it."""
    texts = {name: tuple(_texts(data)) for name, data in {**outputs, **given}.items()}

    def where(secret: Secret) -> tuple[str, ...]:
        pattern = re.compile(rf"(?<!\w){re.escape(secret.words)}(?!\w)")
        return tuple(
            name
            for name, inside in texts.items()
            if any(secret.words in text and pattern.search(text) for text in inside)
        )

    def found(secrets: Iterable[Secret]) -> dict[Secret, tuple[str, ...]]:
        return {secret: names for secret in secrets if (names := where(secret))}

    same: dict[Secret, tuple[str, ...]] = {}
    for name, data in given.items():
        if (secret := closed.annexes.get(hashlib.sha256(data).hexdigest())) is not None:
            same[secret] = (*same.get(secret, ()), name)
    told = {secret.origin for secret in same}  # word by word nothing more is said of these
    closed = replace(closed, short=tuple(secret for secret in closed.short if secret.origin not in told))
    distinctive = found(secret for secret in closed.distinctive if secret.origin not in told)
    others = {
        secret: names
        for secret, names in distinctive.items()
        if not set(names).isdisjoint(given) and not set(names) - set(given) - {PACK}
    }
    own = {secret: names for secret, names in distinctive.items() if secret not in others}
    return Found(own, found(closed.short), closed.unread, given=others, same=same)


def problems_of(found: Found, reason: str) -> Iterator[Problem]:
    """Why it must not be issued: closed words in the files, always; what could be chance, unless a reason is given."""
    for secret, names in found.distinctive.items():
        shown = f"ordene er lukkede, men er kommet med i {', '.join(names)}: '{_short(secret.words)}'"
        yield Problem(
            secret.origin, shown, "udsted det ikke; meld fejlen til docgens udviklere uden at sende indholdet"
        )
    if reason.strip():
        return
    hint = 'skriv den åbne tekst om, eller bekræft det: --confirm "hvorfor det er i orden"'
    yield from _listed(found.short, hint)
    for secret, names in found.same.items():
        shown = f"bilaget {secret.words} er lukket her, men den samme fil er åben i {', '.join(names)}"
        yield Problem(secret.origin, shown, 'luk det begge steder, eller bekræft det: --confirm "hvorfor"')
    yield from _listed(found.given, 'læs bilaget igennem, og bekræft det: --confirm "hvorfor det er i orden"')
    for secret in found.unread:
        shown = f"det lukkede bilag {secret.words} kan ikke læses, så dets ord er ikke søgt efter"
        yield Problem(secret.origin, shown, 'se selv efter, og bekræft det: --confirm "hvorfor det er i orden"')
    for secret, pages in found.covered.items():
        where = f"side {', '.join(map(str, pages))}"
        shown = f"bilaget {secret.words} har ord på {where}, der er dækket til, men stadig kan kopieres"
        yield Problem(secret.origin, shown, 'fjern ordene i bilaget, eller bekræft det: --confirm "hvorfor"')


def _listed(found: Mapping[Secret, tuple[str, ...]], hint: str) -> Iterator[Problem]:
    """Closed words that stand elsewhere, each; of a file that has very many the first ones, and how many more."""
    by_names: dict[tuple[str, ...], list[Secret]] = {}
    for secret, names in found.items():
        by_names.setdefault(names, []).append(secret)
    for names, secrets in by_names.items():
        where = ", ".join(names)
        for secret in secrets[:_MANY]:
            yield Problem(secret.origin, f"'{_short(secret.words)}' er lukket, men står også i {where}", hint)
        if len(secrets) > _MANY:
            message = f"og {len(secrets) - _MANY} andre lukkede ord står også i {where}"
            yield Problem(secrets[_MANY].origin, message, hint)


def covered_annexes(annexes: Iterable[Annex], files: Mapping[str, bytes]) -> dict[Secret, tuple[int, ...]]:
    """Annexes, by their files, with the pages where words are covered that can still be copied."""
    found = {}
    for annex in annexes:
        if annex.file is not None and (pages := covered_pages(files[f"annexes/{annex.file}"])):
            found[Secret(str(annex.file), place_of(annex.file))] = pages
    return found


def confirmation(found: Found, reason: str) -> dict[str, str]:
    """What a record says of what was confirmed: the reason, the words (they stand in the files), and how many closed
    annexes were not searched for; empty where nothing had to be."""
    if not found.must_be_confirmed:
        return {}
    confirmed = {
        "words": ", ".join(secret.words for secret in (*found.short, *found.given)),
        "same": ", ".join(secret.words for secret in found.same),
        "unread": str(len(found.unread) or ""),
        "covered": ", ".join(secret.words for secret in found.covered),
    }
    return {"reason": reason.strip()} | {key: value for key, value in confirmed.items() if value}


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"


def _texts(data: bytes) -> Iterator[str]:
    """All texts in a file, as they are looked for: as they stand, and without the tags between them."""
    for stream in unpacked(data):
        text = html.unescape(_ESCAPE.sub(lambda found: _ESCAPES[found[0]], stream.decode("utf-8", "replace")))
        yield plain(text)
        if _LINE_END.search(text):
            yield plain(_LINE_END.sub("", text))
        if "<" in text:
            yield plain(_TAG.sub("", text))


def unpacked(data: bytes, layers: int = _LAYERS) -> Iterator[bytes]:
    """A file, and all that is packed in it: streams of a PDF, parts of a Word file, pictures in a page."""
    yield data
    if not layers:
        return
    inner: Iterable[bytes] = ()
    if data.startswith(b"%PDF"):
        inner = chain(streams_of(data), _stored(data))
    elif data.startswith(b"PK\3\4"):
        inner = _members(data)
    elif b";base64," in data:
        inner = (base64.b64decode(found, validate=False) for found in _DATA.findall(data))
    for stream in inner:
        yield from unpacked(stream, layers - 1)


def _stored(data: bytes) -> Iterator[bytes]:
    """What lies packed in a PDF without being a part of it any more: what an earlier revision of it had."""
    for found in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(found[1], _MAX_STREAM)
        except zlib.error:
            continue  # not packed, and read as it stands, or packed in another way


def _members(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name.encode()
            yield archive.read(name)
