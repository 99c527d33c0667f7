"""A PDF of several parts gets its page labels, and pages from elsewhere where they belong; its claims stay honest.

What docgen wrote is tagged and stays so; pages from elsewhere bring their tags where these are fit. A PDF with pages
that have none does not claim PDF/UA (ISO 14289-1, 5) any more, and marks its tags as incomplete (ISO 32000-1, Table
321); of PDF/A it claims level B, where all of its pages are fit for that (ISO 19005-3, 6.6.4). Where all have tags and
only some are no PDF/A, it claims PDF/UA alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from docgen.pdf_pages.pages import Bookmark, ForeignPages, unreadable
from docgen.pdf_pages.running_numbers import stamp
from docgen.pdf_pages.tag_merging import Placed, TagMerger, by_number
from docgen.pdf_pages.tags import Tags, form_numbers
from docgen.structs import Struct

_ACCESSIBLE_CLAIM = re.compile(rb"<(pdfuaid:\w+)>[^<]*</\1>")
_ARCHIVAL = re.compile(rb"<(pdfaid:\w+)>[^<]*</\1>")
_LEVEL = re.compile(rb"(<pdfaid:conformance>)[^<]*(</pdfaid:conformance>)")


class Claims(Struct, frozen=True):
    """Whether a PDF claims PDF/UA-1, and its level of PDF/A-3: `A`, `B`, or none."""

    accessible: bool
    level: str


class PackSection(Struct, frozen=True):
    """Pages that are numbered together: where they begin in the PDF as compiled (from 0), and their label.

    With a label the first page is its divider and labelled so, and the next are `<label>, s. 1`, `<label>, s. 2` …;
    without one they are `s. 1`, `s. 2` …. `foreign` are pages to be put in after the divider.
    """

    page: int
    label: str = ""
    foreign: ForeignPages | None = None


def assemble(data: bytes, sections: Sequence[PackSection], numbers: bytes = b"") -> bytes:
    """A PDF by docgen with the labels and the foreign pages of its sections; the first section is at page 0.

    `numbers` is a PDF with a small page for each foreign page, drawn in its foot; none where there are none.
    The same goes in, the same comes out: no clock, no chance. Raises WriterError where foreign pages cannot be read.
    """
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    all_foreign = [section.foreign for section in sections if section.foreign is not None]
    tags = TagMerger(writer) if any(foreign.tags for foreign in all_foreign) else None
    labels: list[tuple[int, str, bool]] = []
    inserted: list[PageObject] = []
    shift = 0
    for section in sections:
        first = section.page + shift
        if not section.label:
            labels.append((first, "s. ", True))
            continue
        labels += [(first, section.label, False), (first + 1, f"{section.label}, s. ", True)]
        if section.foreign is not None:
            try:
                made = _insert(writer, section.foreign, first + 1)
                if tags is not None and section.foreign.tags is not None:
                    placed = _placed(writer, section.foreign, section.foreign.tags, made, section.label)
                    tags.add(section.foreign.tags, placed, section.page)
            except Exception as error:  # pypdf raises whatever a broken page leads it into
                raise unreadable(section.foreign.name, section.foreign.origin) from error
            inserted += made
            shift += len(section.foreign.pages)
    _set_labels(writer, labels)
    if tags is not None:
        tags.finish()
    if numbers and inserted:
        stamp(writer, inserted, PdfReader(io.BytesIO(numbers)))
    claims = claims_with(all_foreign)
    _set_claims(writer, claims)
    if not claims.accessible:
        marks: Any = writer.root_object["/MarkInfo"].get_object()
        marks[NameObject("/Suspects")] = BooleanObject(True)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def claims_with(all_foreign: Sequence[ForeignPages]) -> Claims:
    """What a PDF by docgen may claim with pages from elsewhere in it."""
    accessible = all(foreign.tags is not None for foreign in all_foreign)
    if all(foreign.tags is not None and foreign.tags.archival for foreign in all_foreign):
        return Claims(accessible, "A")
    return Claims(accessible, "B" if all(foreign.archival for foreign in all_foreign) else "")


def _set_labels(writer: PdfWriter, labels: Sequence[tuple[int, str, bool]]) -> None:
    """ISO 32000-1, 12.4.2: a number tree from page to prefix, and whether a number follows."""
    entries: list[Any] = []
    for page, prefix, numbered in labels:
        label = DictionaryObject({NameObject("/P"): TextStringObject(prefix)})
        if numbered:
            label[NameObject("/S")] = NameObject("/D")
        if page < len(writer.pages):
            entries += [NumberObject(page), label]
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): ArrayObject(entries)})


def _insert(writer: PdfWriter, foreign: ForeignPages, at: int) -> list[PageObject]:
    made = [writer.insert_page(page, at + number) for number, page in enumerate(foreign.pages)]
    for link in foreign.links:
        area = ArrayObject(map(FloatObject, link.area))
        annotation = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): area,
                NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
                NameObject("/F"): NumberObject(4),
                NameObject("/Dest"): ArrayObject([_reference(made[link.target]), NameObject("/Fit")]),
                NameObject("/Contents"): TextStringObject(link.words or f"Side {link.target + 1}"),
            }
        )
        page = made[link.page]
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        annotations: Any = page["/Annots"]
        annotations.append(writer._add_object(annotation))
    _add_bookmarks(writer, foreign.bookmarks, at)
    return made


def _placed(writer: PdfWriter, foreign: ForeignPages, tags: Tags, made: Sequence[PageObject], label: str) -> Placed:
    """Where the pages, annotations and tagged forms of a file are now."""
    annotations: dict[int, IndirectObject] = {}
    links: dict[int, list[int]] = {}
    for link in foreign.links:
        links.setdefault(link.page, []).append(link.number)
    for number, page in enumerate(made):
        listed: Any = page.get("/Annots", ArrayObject()).get_object()
        own = (*foreign.annotations[number], *links.get(number, ()))
        for place, original in zip(range(len(listed)), own, strict=True):
            found = list.__getitem__(listed, place)
            if not isinstance(found, IndirectObject):
                found = writer._add_object(found)
                listed[place] = found
            annotations[original] = found
        page[NameObject("/Tabs")] = NameObject("/S")
    reader = foreign.pages[0].pdf
    forms = by_number(id(reader), writer, sorted(form_numbers(tags)))
    return Placed(tuple(map(_reference, made)), annotations, forms, f"{label}: ", label)


def _reference(page: Any) -> IndirectObject:
    reference = page.indirect_reference
    assert isinstance(reference, IndirectObject)
    return reference


def _add_bookmarks(writer: PdfWriter, bookmarks: Sequence[Bookmark], at: int) -> None:
    """The annex's own outline, closed, under the bookmark of the page before it (ISO 32000-1, 12.3.3)."""
    parents = [_bookmark_of(writer, at - 1)]
    for bookmark in bookmarks:
        del parents[bookmark.level + 1 :]
        place = ArrayObject([_reference(writer.pages[at + bookmark.page]), NameObject("/Fit")])
        made = DictionaryObject({NameObject("/Title"): TextStringObject(bookmark.title), NameObject("/Dest"): place})
        parents.append(_append(writer, parents[-1], made))


def _append(writer: PdfWriter, parent: DictionaryObject, child: DictionaryObject) -> DictionaryObject:
    """Makes `child` the last bookmark inside `parent`; a count below nought is that of a closed one."""
    reference = writer._add_object(child)
    child[NameObject("/Parent")] = parent.indirect_reference or NullObject()
    if "/Last" in parent:
        last: Any = parent["/Last"]
        child[NameObject("/Prev")] = parent.raw_get("/Last")
        last[NameObject("/Next")] = reference
    else:
        parent[NameObject("/First")] = reference
    parent[NameObject("/Last")] = reference
    count: Any = parent.get("/Count", 0)
    parent[NameObject("/Count")] = NumberObject(-abs(int(count)) - 1)
    return child


def _bookmark_of(writer: PdfWriter, page: int) -> DictionaryObject:
    """The bookmark on the first or second level that leads to a page with a divider."""
    wanted = _reference(writer.pages[page])
    outline: Any = writer.root_object["/Outlines"]
    for item in _children(outline):
        for bookmark in (item, *_children(item)):
            if _page_of(bookmark) == wanted:
                return bookmark
    raise KeyError(page)


def _children(outline: DictionaryObject) -> Iterator[DictionaryObject]:
    item: Any = outline.get("/First")
    while item is not None:
        found = item.get_object()
        yield found
        item = found.get("/Next")


def _page_of(bookmark: DictionaryObject) -> object:
    place: Any = bookmark["/Dest"] if "/Dest" in bookmark else bookmark["/A"]["/D"]  # type: ignore[index]
    return list.__getitem__(place, 0)


def _set_claims(writer: PdfWriter, claims: Claims) -> None:
    """Takes out of the metadata what is claimed no more."""
    metadata: Any = writer.root_object["/Metadata"].get_object()
    text = metadata.get_data()
    if not claims.accessible:
        text = _ACCESSIBLE_CLAIM.sub(b"", text)
    text = _LEVEL.sub(rb"\g<1>%b\g<2>" % claims.level.encode(), text) if claims.level else _ARCHIVAL.sub(b"", text)
    metadata.set_data(text)
