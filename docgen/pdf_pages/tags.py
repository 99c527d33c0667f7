"""The tags of a PDF that docgen did not write, where they are fit to stand in one that claims PDF/UA.

A structure tree is read into values of docgen's own: types as ISO 32000-1, 14.8.4 names them (the file's role map is
resolved), attributes with their classes written out, text for readers, and which content each element holds. Nothing
else of the file is reached from there. Whether the tags are fit is asked of what a machine can see at once: the file
must claim PDF/UA-1 itself, all that is painted must be marked, and the marks must be in the tree (ISO 14289-1, 7.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from docgen.pdf_pages.entries import entry
from docgen.pdf_pages.marked_content import Marks, is_all_marked
from docgen.structs import Struct, field

_STANDARD = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
        *("Private", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl"),
        *("LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note"),
        *("Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT"),
        *("WP", "Figure", "Formula", "Form"),
    }
)
_TEXTS = ("/Lang", "/Alt", "/ActualText", "/E", "/T")
_OWNERS = ("/Layout", "/List", "/Table", "/PrintField")
_SIMPLE = (NameObject, NumberObject, FloatObject, BooleanObject, TextStringObject, ByteStringObject)
_MAX_DEPTH = 100
_MAX_ELEMENTS = 200_000
_FORM_DEPTH = 5
_UA_CLAIM = re.compile(rb"pdfuaid:part\s*(?:>\s*|=\s*[\"'])1\b")
_A_CLAIM = re.compile(rb"pdfaid:conformance\s*(?:>\s*|=\s*[\"'])[AU]\b", re.IGNORECASE)

_BASIC_CLAIM = re.compile(rb"pdfaid:part\s*(?:>\s*|=\s*[\"'])[123]\b")


class Marked(Struct, frozen=True):
    """Content of a page (from 0): the marked sequence `mcid` of the page itself, or of the form with that object number
    in the file."""

    page: int
    mcid: int
    form: int = 0


class Annotation(Struct, frozen=True):
    """An annotation, by its object number in the file."""

    number: int


class Element(Struct):
    """A structure element: its standard type, its texts (`/Alt` …), attributes, id and kids, in order."""

    type: str
    texts: dict[str, str]
    attributes: list[DictionaryObject]
    id: str = ""
    kids: list[Element | Marked | Annotation] = field(default_factory=list)


class Tags(Struct, frozen=True):
    """The tags of a file: its top elements and language; `archival` says that it claims PDF/A with Unicode text."""

    elements: tuple[Element, ...]
    language: str
    archival: bool


class UnfitError(Exception):
    """Why tags cannot be taken over, as the end of the sentence "bilaget …"."""


def read_tags(reader: PdfReader, pages: Sequence[PageObject]) -> Tags:
    """The tags of a file with these pages. Raises UnfitError, or whatever pypdf raises for a broken file."""
    catalog = reader.root_object
    tree, marks = entry(catalog, "/StructTreeRoot"), entry(catalog, "/MarkInfo") or {}
    if not isinstance(tree, DictionaryObject) or not _is_true(marks, "/Marked"):
        raise UnfitError("er ikke tagget")
    if _is_true(marks, "/Suspects"):  # ISO 14289-1, 7.1
        raise UnfitError("har tags, som dets eget program var i tvivl om")
    metadata = entry(catalog, "/Metadata")
    claims: bytes = metadata.get_data() if metadata is not None else b""
    if not _UA_CLAIM.search(claims):
        raise UnfitError("er tagget, men siger ikke selv, at det er PDF/UA-1")
    language = str(entry(catalog, "/Lang") or "")
    if not language:
        raise UnfitError("siger ikke, hvilket sprog det er på")
    elements = tuple(_Reading(tree, pages).elements())
    _check_pages(pages, elements)
    return Tags(elements, language, bool(_A_CLAIM.search(claims)) and _has_rgb_intent(catalog))


def _is_true(dictionary: Any, key: str) -> bool:
    found = entry(dictionary, key)
    return isinstance(found, BooleanObject) and bool(found.value)


def claims_archival(reader: PdfReader) -> bool:
    """Whether a file says of itself that it is PDF/A of any level, in colours that docgen's own intent covers."""
    metadata = entry(reader.root_object, "/Metadata")
    claims: bytes = metadata.get_data() if metadata is not None else b""
    return _BASIC_CLAIM.search(claims) is not None and _has_rgb_intent(reader.root_object)


def _has_rgb_intent(catalog: Any) -> bool:
    """Whether colours that depend on a device are those of docgen's own output intent, or there is none to heed."""
    intents = entry(catalog, "/OutputIntents") or ()
    profiles = [entry(intent.get_object(), "/DestOutputProfile") for intent in intents]
    return all(profile is None or entry(profile, "/N") == 3 for profile in profiles)


class _Reading:
    def __init__(self, tree: DictionaryObject, pages: Sequence[PageObject]) -> None:
        self.tree = tree
        self.roles = entry(tree, "/RoleMap") or {}
        self.classes = entry(tree, "/ClassMap") or {}
        self.pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(pages)
            if page.indirect_reference is not None
        }
        self.seen: set[int] = set()
        self.count = 0

    def elements(self) -> Iterator[Element]:
        for kid in _kids(self.tree):
            found = self.kid(kid, None, 0)
            if not isinstance(found, Element):
                raise UnfitError("har tags, der ikke kan læses")
            yield found

    def kid(self, kid: Any, page: int | None, depth: int) -> Element | Marked | Annotation | None:
        """What one kid is; None for content that is on none of the pages."""
        self.count += 1
        if self.count > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            raise UnfitError("har for mange tags")
        found = kid.get_object()
        if isinstance(found, NumberObject):
            return None if page is None else Marked(page, int(found))
        if not isinstance(found, DictionaryObject):
            raise UnfitError("har tags, der ikke kan læses")
        page = self.page(found, page)
        kind = entry(found, "/Type")
        if kind == "/MCR":
            form = found.raw_get("/Stm") if "/Stm" in found else None
            number = form.idnum if isinstance(form, IndirectObject) else 0
            return None if page is None else Marked(page, int(found["/MCID"]), number)  # type: ignore[call-overload]
        if kind == "/OBJR":
            reference = found.raw_get("/Obj")
            return Annotation(reference.idnum) if isinstance(reference, IndirectObject) else None
        return self.element(kid, found, page, depth)

    def element(self, kid: Any, found: DictionaryObject, page: int | None, depth: int) -> Element:
        if isinstance(kid, IndirectObject):
            if kid.idnum in self.seen:
                raise UnfitError("har tags, der går i ring")
            self.seen.add(kid.idnum)
        if "/S" not in found:
            raise UnfitError("har tags, der ikke kan læses")
        texts = {key: str(entry(found, key)) for key in _TEXTS if isinstance(entry(found, key), str | bytes)}
        element = Element(self.type(str(entry(found, "/S"))), texts, list(self.attributes(found)))
        if isinstance(id := entry(found, "/ID"), str | bytes):
            element.id = _text(id)
        element.kids = [made for inner in _kids(found) if (made := self.kid(inner, page, depth + 1)) is not None]
        return element

    def page(self, found: DictionaryObject, otherwise: int | None) -> int | None:
        reference = found.raw_get("/Pg") if "/Pg" in found else None
        return self.pages.get(reference.idnum) if isinstance(reference, IndirectObject) else otherwise

    def type(self, name: str) -> str:
        """The standard type that a type stands for (ISO 32000-1, 14.8.4)."""
        tried: list[str] = []
        while name.removeprefix("/") not in _STANDARD:
            mapped = entry(self.roles, name)
            if mapped is None or name in tried:
                raise UnfitError(f"har et tag, som ingen kender ('{name.removeprefix('/')}')")
            tried.append(name)
            name = str(mapped)
        return name.removeprefix("/")

    def attributes(self, found: DictionaryObject) -> Iterator[DictionaryObject]:
        """Attributes of the kinds that ISO 32000-1, 14.8.5 describes, those of classes first."""
        names = entry(found, "/C")
        for name in names if isinstance(names, ArrayObject) else [names]:
            if isinstance(name, NameObject):
                yield from _attribute_objects(entry(self.classes, name))
        yield from _attribute_objects(entry(found, "/A"))


def _kids(found: DictionaryObject) -> Sequence[Any]:
    kids = found.raw_get("/K") if "/K" in found else None
    inner = kids.get_object() if kids is not None else None
    if isinstance(inner, ArrayObject):
        return [list.__getitem__(inner, number) for number in range(len(inner))]
    return [] if kids is None else [kids]


def _attribute_objects(value: Any) -> Iterator[DictionaryObject]:
    for item in value if isinstance(value, ArrayObject) else [value]:
        found = item.get_object() if item is not None else None
        if isinstance(found, DictionaryObject) and entry(found, "/O") in _OWNERS:
            simple = {key: _simple(entry(found, key)) for key in found}
            yield DictionaryObject({NameObject(key): kept for key, kept in simple.items() if kept is not None})


def _simple(value: Any) -> Any:
    """A name, number, text or array of them; None for anything that could lead elsewhere."""
    if isinstance(value, ArrayObject):
        items = [_simple(item.get_object()) for item in value]
        return None if None in items else ArrayObject(items)
    return value if isinstance(value, _SIMPLE) else None


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def annotation_numbers(tags: Tags) -> Iterator[int]:
    """The object numbers of the annotations that are tagged."""
    return (kid.number for kid in _all_kids(tags.elements) if isinstance(kid, Annotation))


def form_numbers(tags: Tags) -> set[int]:
    """The object numbers of the forms that have marks of their own."""
    return {kid.form for kid in _all_kids(tags.elements) if isinstance(kid, Marked) and kid.form}


def _all_kids(elements: Sequence[Element]) -> Iterator[Element | Marked | Annotation]:
    stack: list[Element | Marked | Annotation] = list(elements)
    while stack:
        found = stack.pop()
        yield found
        if isinstance(found, Element):
            stack += found.kids


# -- whether the pages are what the tags say ----------------------------------------------------------------------


def _check_pages(pages: Sequence[PageObject], elements: Sequence[Element]) -> None:
    """Raises UnfitError where something painted is not marked, or a font is not there (ISO 14289-1, 7.1 and 7.21.4)."""
    marks: dict[tuple[int, int], set[int]] = {}
    for found in _all_kids(elements):
        if isinstance(found, Marked):
            known = marks.setdefault((found.page, found.form), set())
            if found.mcid in known:
                raise UnfitError("har indhold, der er tagget to gange")
            known.add(found.mcid)
    fonts: set[int] = set()
    for number, page in enumerate(pages):
        forms = {form: found for (at, form), found in marks.items() if at == number}
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
        if not is_all_marked(data, Marks(entry(page, "/Resources") or {}, forms)):
            raise UnfitError(f"har indhold uden tag på side {number + 1}")
        if not _has_fonts(page, fonts, _FORM_DEPTH):
            raise UnfitError("har skrifttyper, der ikke er indlejret")


def _has_fonts(shown: Any, seen: set[int], depth: int) -> bool:
    """Whether all fonts of a page or form lie in the file; a Type 3 font is its own."""
    resources = entry(shown, "/Resources") or {}
    for reference in _values(entry(resources, "/Font")):
        if not isinstance(reference, IndirectObject) or reference.idnum in seen:
            continue
        seen.add(reference.idnum)
        font: Any = reference.get_object()
        inner = (entry(font, "/DescendantFonts") or [font])[0].get_object()
        descriptor = entry(inner, "/FontDescriptor") or {}
        if entry(font, "/Subtype") != "/Type3" and not any(key.startswith("/FontFile") for key in descriptor):
            return False
    for reference in _values(entry(resources, "/XObject")) if depth else ():
        if isinstance(reference, IndirectObject) and reference.idnum not in seen:
            seen.add(reference.idnum)
            if not _has_fonts(reference.get_object(), seen, depth - 1):
                return False
    return True


def _values(dictionary: Any) -> list[Any]:
    return [dictionary.raw_get(key) for key in dictionary] if isinstance(dictionary, DictionaryObject) else []
