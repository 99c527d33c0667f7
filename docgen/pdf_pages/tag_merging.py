"""Puts the tags of pages from elsewhere into the structure tree of a PDF by docgen (ISO 32000-1, 14.7).

Each file becomes one `Part` after the divider that it follows, in its own language. Its types, attributes and classes
were resolved when it was read, so that nothing of two files can be at odds but ids, which get a prefix, and the numbers
of the parent tree, which are given anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from docgen.pdf_pages.entries import entry
from docgen.pdf_pages.tags import Annotation, Element, Marked, Tags
from docgen.structs import Struct

_SEARCHED = 10_000  # elements that are looked through for the page of one of docgen's own


class Placed(Struct, frozen=True):
    """Where the pages of a file are now: their references in order, those of its annotations and tagged forms by their
    object numbers in the file, and the words that its ids and its own title begin with."""

    pages: tuple[IndirectObject, ...]
    annotations: Mapping[int, IndirectObject]
    forms: Mapping[int, IndirectObject]
    prefix: str
    title: str


class TagMerger:
    """The structure tree of a PDF by docgen while tags are put into it. `finish` writes it back."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        catalog: Any = writer.root_object
        self._root: Any = catalog["/StructTreeRoot"]
        self._parents = dict(_numbers(self._root["/ParentTree"].get_object()))
        self._next = max([*self._parents, int(entry(self._root, "/ParentTreeNextKey") or 0) - 1], default=-1) + 1
        self._ids = dict(_names(entry(self._root, "/IDTree")))
        self._document = self._top()
        self._kids = [list.__getitem__(kids, n) for kids in [self._document["/K"]] for n in range(len(kids))]
        pages = {page.indirect_reference.idnum: n for n, page in enumerate(writer.pages) if page.indirect_reference}
        self._starts = list(_running_maximum(_first_page(kid, pages) for kid in self._kids))
        self._added: list[tuple[int, IndirectObject]] = []

    def add(self, tags: Tags, placed: Placed, divider: int) -> None:
        """The tags of a file, after all that is on docgen's pages up to its divider (counted from 0, as compiled)."""
        place = sum(1 for start in self._starts if start <= divider)
        part = Element("Part", {"/Lang": tags.language, "/T": placed.title}, [], "", list(tags.elements))
        made = _Part(self._writer, placed)
        reference = made.write(part, self._document.indirect_reference)
        for page, found in made.marks.items():
            self._set_parents(placed.pages[page], found)
        for form, found in made.form_marks.items():
            self._set_parents(placed.forms[form], found)
        for annotation, element in made.annotations:
            found_annotation: Any = annotation.get_object()
            found_annotation[NameObject("/StructParent")] = NumberObject(self._next)
            self._parents[self._next] = element
            self._next += 1
        self._ids |= made.ids
        self._added.append((place, reference))

    def finish(self) -> None:
        """Writes the parent tree, the ids and the order of the parts."""
        kids = list(self._kids)
        for place, reference in reversed(self._added):
            kids.insert(place, reference)
        self._document[NameObject("/K")] = ArrayObject(kids)
        numbers = [item for key in sorted(self._parents) for item in (NumberObject(key), self._parents[key])]
        tree = DictionaryObject({NameObject("/Nums"): ArrayObject(numbers)})
        self._root[NameObject("/ParentTree")] = self._writer._add_object(tree)
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)
        if self._ids:
            names = [item for key in sorted(self._ids) for item in (ByteStringObject(key), self._ids[key])]
            ids = DictionaryObject({NameObject("/Names"): ArrayObject(names)})
            self._root[NameObject("/IDTree")] = self._writer._add_object(ids)

    def _top(self) -> Any:
        """The one element that holds everything: Typst writes a `Document`."""
        top: Any = self._root["/K"].get_object()
        if isinstance(top, ArrayObject):
            (top,) = (kid.get_object() for kid in top)
        if not isinstance(entry(top, "/K"), ArrayObject):
            top[NameObject("/K")] = ArrayObject([top.raw_get("/K")] if "/K" in top else [])
        return top

    def _set_parents(self, reference: IndirectObject, found: Mapping[int, IndirectObject]) -> None:
        """Which element each marked sequence of a page or form belongs to (ISO 32000-1, 14.7.4.4)."""
        shown: Any = reference.get_object()
        shown[NameObject("/StructParents")] = NumberObject(self._next)
        last = max(found)
        elements = ArrayObject(found.get(mcid, NullObject()) for mcid in range(last + 1))
        self._parents[self._next] = self._writer._add_object(elements)
        self._next += 1


class _Part:
    """One file's elements on their way into the PDF."""

    def __init__(self, writer: PdfWriter, placed: Placed) -> None:
        self._writer = writer
        self._placed = placed
        self.marks: dict[int, dict[int, IndirectObject]] = {}
        self.form_marks: dict[int, dict[int, IndirectObject]] = {}
        self.annotations: list[tuple[IndirectObject, IndirectObject]] = []
        self.ids: dict[bytes, IndirectObject] = {}

    def write(self, element: Element, parent: Any) -> IndirectObject:
        made = DictionaryObject({NameObject("/Type"): NameObject("/StructElem")})
        reference = self._writer._add_object(made)
        kids = [kid for inner in element.kids if (kid := self._kid(inner, reference)) is not None]
        linked = any(isinstance(inner, Annotation) and self._reference(inner) for inner in element.kids)
        made[NameObject("/S")] = NameObject(f"/{_type(element.type, linked)}")
        made[NameObject("/P")] = parent
        for key, text in element.texts.items():
            made[NameObject(key)] = TextStringObject(text)
        if element.attributes:
            made[NameObject("/A")] = ArrayObject(self._own_ids(found) for found in element.attributes)
        if element.id:
            own = self._id(element.id)
            made[NameObject("/ID")] = ByteStringObject(own)
            self.ids[own] = reference
        if kids:
            made[NameObject("/K")] = ArrayObject(kids)
        return reference

    def _kid(self, kid: Element | Marked | Annotation, parent: IndirectObject) -> Any:
        match kid:
            case Element():
                return self.write(kid, parent)
            case Marked(page, mcid, form):
                found = {"/Type": NameObject("/MCR"), "/Pg": self._placed.pages[page], "/MCID": NumberObject(mcid)}
                if not form:
                    self.marks.setdefault(page, {})[mcid] = parent
                elif form in self._placed.forms:
                    self.form_marks.setdefault(form, {})[mcid] = parent
                    found["/Stm"] = self._placed.forms[form]
                else:
                    return None
            case Annotation():
                reference = self._reference(kid)
                if reference is None:
                    return None
                self.annotations.append((reference, parent))
                found = {"/Type": NameObject("/OBJR"), "/Obj": reference}
        return DictionaryObject({NameObject(key): value for key, value in found.items()})

    def _reference(self, annotation: Annotation) -> IndirectObject | None:
        return self._placed.annotations.get(annotation.number)

    def _id(self, id: str) -> bytes:
        return (self._placed.prefix + id).encode("utf-8")

    def _own_ids(self, attributes: DictionaryObject) -> DictionaryObject:
        """Attributes whose header cells are named by the ids that they have now (ISO 32000-1, Table 349)."""
        headers = entry(attributes, "/Headers")
        if not isinstance(headers, ArrayObject):
            return attributes
        named = [header if isinstance(header, str) else bytes(header).decode("latin-1") for header in headers]
        own = ArrayObject(ByteStringObject(self._id(name)) for name in named)
        return DictionaryObject({**attributes, NameObject("/Headers"): own})


def _type(name: str, linked: bool) -> str:
    """A file's document is a part here; a link whose annotation stayed behind is but its words."""
    if name == "Document":
        return "Part"
    return "Span" if name in ("Link", "Annot", "Form") and not linked else name


# -- reading docgen's own tree ------------------------------------------------------------------------------------


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """The entries of a number tree (ISO 32000-1, 7.9.7)."""
    for kid in entry(tree, "/Kids") or ():
        yield from _numbers(kid.get_object())
    yield from ((int(key), value) for key, value in _pairs(entry(tree, "/Nums")))


def _names(tree: Any) -> Iterator[tuple[bytes, Any]]:
    """The entries of a name tree (ISO 32000-1, 7.9.6)."""
    for kid in entry(tree, "/Kids") or () if tree is not None else ():
        yield from _names(kid.get_object())
    for key, value in _pairs(entry(tree, "/Names")) if tree is not None else ():
        yield key.original_bytes if isinstance(key, TextStringObject) else bytes(key), value


def _pairs(entries: Any) -> Iterator[tuple[Any, Any]]:
    raw = [list.__getitem__(entries, number) for number in range(len(entries or ()))]
    return zip(raw[::2], raw[1::2], strict=True)


def _first_page(kid: Any, pages: Mapping[int, int]) -> int:
    """The first page that an element has content on; -1 where that is not said."""
    stack, found = [kid], -1
    for _ in range(_SEARCHED):
        if not stack:
            break
        item = stack.pop()
        inner = item.get_object()
        if isinstance(inner, ArrayObject):
            stack += reversed(list(inner))
        elif isinstance(inner, DictionaryObject):
            page = inner.raw_get("/Pg") if "/Pg" in inner else None
            if isinstance(page, IndirectObject) and page.idnum in pages:
                return pages[page.idnum]
            if "/K" in inner:
                stack.append(inner.raw_get("/K"))
    return found


def _running_maximum(numbers: Iterator[int]) -> Iterator[int]:
    """Each number, or the greatest before it: an element without content stands where the one before it does."""
    greatest = 0
    for number in numbers:
        greatest = max(greatest, number)
        yield greatest


def by_number(reader_id: int, writer: PdfWriter, numbers: Sequence[int]) -> dict[int, IndirectObject]:
    """Where objects of a file are in the PDF, of those that came along; `reader_id` is the id of the file's reader."""
    came = writer._id_translated.get(reader_id, {})
    return {number: IndirectObject(came[number], 0, writer) for number in numbers if number in came}
