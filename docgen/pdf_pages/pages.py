"""The pages of a PDF that docgen did not write, as they may stand in one that it did: what is seen, and safe links.

A page is made anew of what is on the list below (ISO 32000-1, Table 30); everything else stays behind: scripts,
actions, forms, comments, embedded files, and tags, whose numbers would be taken for those of docgen's own tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from docgen.pdf_pages.archival import are_archival_pictures
from docgen.pdf_pages.cleaning import clean_page
from docgen.pdf_pages.entries import entry
from docgen.pdf_pages.losses import losses, silent_pages
from docgen.pdf_pages.open import open_annex
from docgen.pdf_pages.tags import Tags, UnfitError, annotation_numbers, claims_archival, read_tags
from docgen.problems import Origin, Problem, WriterError
from docgen.structs import Struct

_KEPT = (
    *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"),
    *("/Resources", "/Contents", "/Group"),
)
_NO_PICTURE = {"/Link", "/Popup", "/Text", "/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"}
_HIDDEN = 2 | 32  # annotation flags Hidden and NoView (ISO 32000-1, Table 165)
_PRINTED_LOCKED = 4 | 64 | 128  # Print, ReadOnly, Locked
_SCHEMES = ("https://", "http://", "mailto:")
_MAX_OUTLINE = 1000


class PageLink(Struct, frozen=True):
    """A link inside the annex: from a rectangle on one page to another page, both counted from 0; its object number in
    the file (0: it has none), and the words that say where it leads."""

    page: int
    area: tuple[float, float, float, float]
    target: int
    number: int = 0
    words: str = ""


class Bookmark(Struct, frozen=True):
    """An entry in the annex's own outline; `level` counts from 0."""

    level: int
    title: str
    page: int


class ForeignPages(Struct, frozen=True):
    """What is taken over from a PDF; `name` and `origin` are the file's name and where it is asked for.

    `annotations` are the object numbers in the file of those that each page keeps, in order (0: it has none). Without
    `tags`, `unfit` says why, as the end of the sentence "bilaget …"; so `losses` say what does not follow. `silent` are
    the pages, from 1, that have no words, and `archival` says that all of them are fit for PDF/A-3b.
    """

    name: str
    origin: Origin
    pages: tuple[PageObject, ...]
    links: tuple[PageLink, ...]
    bookmarks: tuple[Bookmark, ...]
    annotations: tuple[tuple[int, ...], ...] = ()
    tags: Tags | None = None
    unfit: str = ""
    losses: tuple[str, ...] = ()
    silent: tuple[int, ...] = ()
    archival: bool = False


def read_pages(name: str, data: bytes, origin: Origin) -> ForeignPages:
    """The pages of a PDF, made safe, with the links between them and its bookmarks.

    Raises WriterError where pages cannot be read.
    """
    try:
        return _clean_pages(name, open_annex(data), origin)
    except Exception as error:  # pypdf raises whatever a broken file leads it into
        raise unreadable(name, origin) from error


def unreadable(name: str, origin: Origin) -> WriterError:
    """The error for pages that turn out not to be readable."""
    problem = Problem(origin, f"bilaget '{name}' har sider, der ikke kan læses", "åbn det, og gem det som PDF på ny")
    return WriterError([problem])


def _clean_pages(name: str, reader: PdfReader, origin: Origin) -> ForeignPages:
    pages = list(reader.pages)
    places = {page.indirect_reference.idnum: n for n, page in enumerate(pages) if page.indirect_reference is not None}
    links = [link for number, page in enumerate(pages) for link in _page_links(reader, number, page, places)]
    bookmarks: list[Bookmark] = []
    with suppress(Exception):  # a fault in the outline costs the rest of the outline, not the annex
        for bookmark in _bookmarks(reader):
            bookmarks.append(bookmark)
    lost, silent = tuple(losses(reader)), silent_pages(reader)
    tags, unfit = _tags(reader, pages, links)  # before the pages are cleaned of what the tags hang on
    seen: set[int] = set()
    clean, annotations = zip(*(_clean_page(reader, page, seen) for page in pages), strict=True)
    archival = claims_archival(reader) or are_archival_pictures(clean)
    ways = (tuple(links), tuple(bookmarks))
    return ForeignPages(name, origin, clean, *ways, annotations, tags, unfit, lost, silent, archival)


def _tags(reader: PdfReader, pages: Sequence[PageObject], links: Sequence[PageLink]) -> tuple[Tags | None, str]:
    """The file's tags, or why they cannot be taken over."""
    try:
        tags = read_tags(reader, pages)
        tagged = set(annotation_numbers(tags))
        for page in pages:
            for annotation, number in _annotations(page):
                made = _clean_annotation(annotation)
                if made is not None and "/AP" in made:
                    return None, "har felter, stempler eller bemærkninger"
                if made is not None and number not in tagged:
                    return None, "har et link uden tag"
        if any(link.number not in tagged for link in links):
            return None, "har et link uden tag"
    except UnfitError as error:
        return None, str(error)
    except Exception:  # pypdf raises whatever a broken tree leads it into
        return None, "har tags, der ikke kan læses"
    return tags, ""


def _clean_page(reader: PdfReader, page: PageObject, seen: set[int]) -> tuple[PageObject, tuple[int, ...]]:
    clean = PageObject(reader)
    clean[NameObject("/Type")] = NameObject("/Page")
    for key in _KEPT:
        if key in page:
            clean[NameObject(key)] = _upright(page, key) if key.endswith("Box") else page.raw_get(key)
    kept = [
        (made, number)
        for annotation, number in _annotations(page)
        if (made := _clean_annotation(annotation)) is not None
    ]
    if kept:
        clean[NameObject("/Annots")] = ArrayObject(made for made, _ in kept)
    clean_page(clean, seen)
    return clean, tuple(number for _, number in kept)


def _upright(page: PageObject, key: str) -> ArrayObject:
    """A box of a page from its lower left to its upper right; any two corners may be written (ISO 32000-1, 7.9.5)."""
    box: Any = page[key]
    left, bottom, right, top = map(float, box)
    if left <= right and bottom <= top:
        kept: Any = page.raw_get(key)
        return kept  # type: ignore[no-any-return]
    return ArrayObject(map(FloatObject, (min(left, right), min(bottom, top), max(left, right), max(bottom, top))))


def _annotations(page: PageObject) -> Iterator[tuple[DictionaryObject, int]]:
    """The annotations of a page, each with its object number (0: it has none)."""
    listed = entry(page, "/Annots")
    for place in range(len(listed)) if isinstance(listed, ArrayObject) else ():
        item = list.__getitem__(listed, place)
        found = item.get_object()
        if isinstance(found, DictionaryObject) and "/Rect" in found:
            yield found, item.idnum if isinstance(item, IndirectObject) else 0


def _clean_annotation(annotation: DictionaryObject) -> DictionaryObject | None:
    """A link to the web as it is; any other annotation as the picture of it that the page shows, or nothing."""
    made = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Rect"): annotation["/Rect"]})
    if entry(annotation, "/Subtype") == "/Link":
        address = _web_address(annotation)
        if address is None:
            return None
        made[NameObject("/Subtype")] = NameObject("/Link")
        made[NameObject("/Border")] = ArrayObject([NumberObject(0)] * 3)
        if isinstance(entry(annotation, "/QuadPoints"), ArrayObject):
            made[NameObject("/QuadPoints")] = annotation["/QuadPoints"]
        made[NameObject("/F")] = NumberObject(4)
        made[NameObject("/A")] = DictionaryObject(
            {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)}
        )
        made[NameObject("/Contents")] = TextStringObject(_words(annotation) or address)
        return made
    picture = _picture(annotation)
    if picture is None:
        return None
    made[NameObject("/Subtype")] = NameObject("/Stamp")
    made[NameObject("/F")] = NumberObject(_PRINTED_LOCKED)
    made[NameObject("/AP")] = DictionaryObject({NameObject("/N"): picture})
    return made


def _words(annotation: DictionaryObject) -> str:
    """What an annotation says of itself (ISO 14289-1, 7.18.5)."""
    found = entry(annotation, "/Contents")
    return str(found) if isinstance(found, str) else ""


def _web_address(annotation: DictionaryObject) -> str | None:
    action = entry(annotation, "/A")
    if not isinstance(action, DictionaryObject) or entry(action, "/S") != "/URI":
        return None
    address = entry(action, "/URI")
    address = address.decode("latin-1") if isinstance(address, bytes) else str(address)
    return address if address.lower().startswith(_SCHEMES) else None


def _picture(annotation: DictionaryObject) -> IndirectObject | None:
    """The normal appearance of an annotation that is drawn: of a field, a stamp, a highlight (ISO 32000-1, 12.5.5)."""
    if entry(annotation, "/Subtype") in _NO_PICTURE or int(entry(annotation, "/F") or 0) & _HIDDEN:
        return None
    appearances = entry(annotation, "/AP")
    if not isinstance(appearances, DictionaryObject) or "/N" not in appearances:
        return None
    normal: Any = appearances.raw_get("/N")
    if not isinstance(normal.get_object(), StreamObject):
        states = normal.get_object()
        state = entry(annotation, "/AS")
        if not isinstance(states, DictionaryObject) or state not in states:
            return None
        normal = states.raw_get(state)
    found = isinstance(normal, IndirectObject) and isinstance(normal.get_object(), StreamObject)
    return normal if found else None


# -- ways through the annex -------------------------------------------------------------------------------------


def _page_links(reader: PdfReader, number: int, page: PageObject, places: Mapping[int, int]) -> Iterator[PageLink]:
    for annotation, idnum in _annotations(page):
        if entry(annotation, "/Subtype") != "/Link":
            continue
        action = entry(annotation, "/A")
        goes = isinstance(action, DictionaryObject) and entry(action, "/S") == "/GoTo"
        with suppress(Exception):  # a link that cannot be understood is left out
            target = _target(reader, entry(action, "/D") if goes else entry(annotation, "/Dest"), places)
            if target is not None:
                area: Any = annotation["/Rect"]
                left, bottom, right, top = map(float, area)
                yield PageLink(number, (left, bottom, right, top), target, idnum, _words(annotation))


def _target(reader: PdfReader, destination: Any, places: Mapping[int, int]) -> int | None:
    """The page (from 0) that a destination names, as an array or by its name."""
    if isinstance(destination, str | bytes):
        name = destination if isinstance(destination, str) else destination.decode("latin-1")
        named = reader.named_destinations.get(name)
        return None if named is None else reader.get_destination_page_number(named)
    if isinstance(destination, ArrayObject) and destination:
        page = list.__getitem__(destination, 0)
        return places.get(page.idnum) if isinstance(page, IndirectObject) else None
    return None


def _bookmarks(reader: PdfReader) -> Iterator[Bookmark]:
    """The outline in order; what leads nowhere in the annex is left out."""
    entries: list[tuple[int, Any]] = [(0, entry) for entry in reversed(reader.outline)]
    count = 0
    while entries and count < _MAX_OUTLINE:
        level, entry = entries.pop()
        if isinstance(entry, list):
            entries += [(level + 1, inner) for inner in reversed(entry)]
            continue
        page = reader.get_destination_page_number(entry)
        if page is not None and page >= 0:
            count += 1
            yield Bookmark(level, " ".join(str(entry.title).split()), page)
