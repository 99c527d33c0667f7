"""Tagged PDFs as they come from elsewhere: fit ones of several makes, and ones whose claim does not hold."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.support.judges import soffice

_REPORT = """
#set document(title: "Report", date: datetime(year: 2020, month: 1, day: 1))
#set text(lang: "en")
#set heading(numbering: "1.")
= The start <start>
Words with #link("https://www.kk.dk/rapport")[a link] and @end. A note#footnote[The note.] and _stress_.
#table(columns: 2, table.header([Name], [Number]), [One], [1], [Two], [2])
- first
- second
#figure(image("dot.svg", alt: "A dot", width: 1cm), caption: [A figure])
== A part
#quote(block: true)[A quotation.]
#pagebreak()
= The end <end>
Back to @start.
"""
_DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'
_MEMO = """<html lang="da"><head><title>Notat</title></head><body><h1>Notat</h1>
<p>Tekst med <a href="https://www.kk.dk">et link</a>.</p><table><tr><th>Navn</th><th>Tal</th></tr>
<tr><td>En</td><td>1</td></tr></table><ul><li>en</li><li>to</li></ul><h2>Mere</h2><p>Slut.</p></body></html>"""


@cache
def typst_pdf(*standards: str) -> bytes:
    """Two pages with every common kind of element, links of both kinds and a note."""
    given: Any = {"main": _REPORT.encode(), "dot.svg": _DOT}
    asked: Any = list(standards)
    compiler = typst.Compiler(given, ignore_system_fonts=True)
    written = compiler.compile(format="pdf", pdf_standards=asked, timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    assert isinstance(written, bytes)
    return written


def office_pdf(folder: Path) -> bytes:
    """A memo as LibreOffice exports it when it is asked for PDF/UA."""
    page = folder / "notat.html"
    page.write_text(_MEMO, encoding="utf-8")
    text = soffice(page, "odt:writer8", folder)
    options = '{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    return soffice(text, f"pdf:writer_pdf_Export:{options}", folder).read_bytes()


def altered(change: Callable[[PdfWriter, Any], None], data: bytes = b"") -> bytes:
    """The report with something changed: the writer and the structure tree's root are given."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data or typst_pdf("ua-1"))))
    catalog: Any = writer.root_object
    change(writer, catalog["/StructTreeRoot"])
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def elements(root: Any) -> list[Any]:
    """Every structure element of a tree, in order."""
    found: list[Any] = []
    stack = [root["/K"]]
    while stack:
        item = stack.pop().get_object()
        if isinstance(item, ArrayObject):
            stack += reversed(list(item))
        elif isinstance(item, DictionaryObject) and "/S" in item:
            found.append(item)
            if "/K" in item:
                stack.append(item["/K"])
    return found


def own_names_pdf() -> bytes:
    """The report with types of its own, classes, ids that others have too, and cells that name their headers."""

    def change(writer: PdfWriter, root: Any) -> None:
        found = elements(root)
        roles = root.get("/RoleMap", DictionaryObject()).get_object()
        for number, element in enumerate(item for item in found if item["/S"] in ("/P", "/H1", "/LI")):
            own = NameObject(f"/Egen {number}")
            roles[own] = NameObject(f"/Mellemled{number}")
            roles[NameObject(f"/Mellemled{number}")] = element["/S"]
            element[NameObject("/S")] = own
        root[NameObject("/RoleMap")] = roles
        layout = DictionaryObject(
            {NameObject("/O"): NameObject("/Layout"), NameObject("/Placement"): NameObject("/Block")}
        )
        root[NameObject("/ClassMap")] = DictionaryObject({NameObject("/Klasse"): ArrayObject([layout])})
        header, cell = (next(item for item in found if item["/S"] == kind) for kind in ("/TH", "/TD"))
        header[NameObject("/ID")] = ByteStringObject(b"U1x0y0")
        cell[NameObject("/C")] = NameObject("/Klasse")
        cell[NameObject("/A")] = DictionaryObject(
            {NameObject("/O"): NameObject("/Table"), NameObject("/Headers"): ArrayObject([ByteStringObject(b"U1x0y0")])}
        )

    return altered(change)


def form_pdf() -> bytes:
    """A page whose words stand in a form that has marks of its own (ISO 32000-1, 14.7.4.2)."""

    def change(writer: PdfWriter, root: Any) -> None:
        page: Any = writer.pages[1]
        form = DecodedStreamObject()
        form.set_data(page.get_contents().get_data())
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): page["/MediaBox"],
                NameObject("/Resources"): page.raw_get("/Resources"),
                NameObject("/StructParents"): page["/StructParents"],
            }
        )
        reference = writer._add_object(form)
        shown = DecodedStreamObject()
        shown.set_data(b"/Fm0 Do")
        page[NameObject("/Contents")] = writer._add_object(shown)
        forms = DictionaryObject({NameObject("/Fm0"): reference})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        del page["/StructParents"]
        for element in elements(root):
            if "/K" not in element:
                continue
            where = element.raw_get("/Pg") if "/Pg" in element else None
            kids = element["/K"] if isinstance(element["/K"], ArrayObject) else ArrayObject([element["/K"]])
            element[NameObject("/K")] = ArrayObject(_in_form(kid, where, page, reference) for kid in kids)

    return altered(change)


def _in_form(kid: Any, where: Any, page: Any, form: Any) -> Any:
    if isinstance(kid, NumberObject) and where is not None and where == page.indirect_reference:
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/MCR"),
                NameObject("/Pg"): where,
                NameObject("/Stm"): form,
                NameObject("/MCID"): kid,
            }
        )
    return kid.indirect_reference if getattr(kid, "indirect_reference", None) is not None else kid


def unfit_pdfs() -> dict[str, bytes]:
    """PDFs whose tags cannot be taken over, by what is wrong with them."""
    claim = altered(lambda writer, root: None)

    def marked(writer: PdfWriter, root: Any) -> None:
        writer.root_object["/MarkInfo"][NameObject("/Suspects")] = BooleanObject(True)  # type: ignore[index]

    def language(writer: PdfWriter, root: Any) -> None:
        del writer.root_object["/Lang"]

    def painted(writer: PdfWriter, root: Any) -> None:
        _paint(writer, b" 0 0 9 9 re f")

    def said(writer: PdfWriter, root: Any) -> None:
        _paint(writer, b" /P <</MCID 999>> BDC 0 0 9 9 re f EMC")

    def font(writer: PdfWriter, root: Any) -> None:
        fonts: Any = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
        for name in fonts:
            descriptor = fonts[name]["/DescendantFonts"][0]["/FontDescriptor"]
            for key in [key for key in descriptor if key.startswith("/FontFile")]:
                del descriptor[key]

    def role(writer: PdfWriter, root: Any) -> None:
        elements(root)[3][NameObject("/S")] = NameObject("/Ukendt")

    def roles(writer: PdfWriter, root: Any) -> None:
        role(writer, root)
        loop = {"/Ukendt": "/Igen", "/Igen": "/Ukendt"}
        root[NameObject("/RoleMap")] = DictionaryObject({NameObject(a): NameObject(b) for a, b in loop.items()})

    def circle(writer: PdfWriter, root: Any) -> None:
        found = elements(root)
        found[3][NameObject("/K")] = found[0].indirect_reference

    def deep(writer: PdfWriter, root: Any) -> None:
        inner: Any = NumberObject(0)
        for _ in range(300):
            inner = DictionaryObject({NameObject("/S"): NameObject("/Div"), NameObject("/K"): inner})
        elements(root)[0][NameObject("/K")] = inner

    def twice(writer: PdfWriter, root: Any) -> None:
        first = next(item for item in elements(root) if "/K" in item and isinstance(item["/K"][0], NumberObject))
        first[NameObject("/K")] = ArrayObject([first["/K"][0], first["/K"][0]])

    def stamp(writer: PdfWriter, root: Any) -> None:
        picture = DecodedStreamObject()
        picture.set_data(b"0 0 9 9 re f")
        picture.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): _box()})
        _annotate(
            writer,
            {
                NameObject("/Subtype"): NameObject("/Stamp"),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(picture)}),
            },
        )

    def link(writer: PdfWriter, root: Any) -> None:
        action = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://www.kk.dk")}
        _annotate(writer, {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): DictionaryObject(action)})

    def wrong(writer: PdfWriter, root: Any) -> None:
        root[NameObject("/K")] = TextStringObject("ikke et element")

    changes = [marked, language, painted, said, font, role, roles, circle, deep, twice, stamp, link, wrong]
    return {
        "uden tags": typst_pdf().replace(b"/StructTreeRoot", b"/StructTreeXxxx"),
        "uden egen påstand": typst_pdf(),
        **{change.__name__: altered(change, claim) for change in changes},
    }


def _paint(writer: PdfWriter, operators: bytes) -> None:
    page: Any = writer.pages[0]
    content = DecodedStreamObject()
    content.set_data(page.get_contents().get_data() + operators)
    page[NameObject("/Contents")] = writer._add_object(content)


def _annotate(writer: PdfWriter, entries: dict[Any, Any]) -> None:
    page: Any = writer.pages[0]
    kept = {NameObject("/Type"): NameObject("/Annot"), NameObject("/Rect"): _box(), **entries}
    page["/Annots"].append(writer._add_object(DictionaryObject(kept)))


def _box() -> ArrayObject:
    return ArrayObject(NumberObject(side) for side in (0, 0, 9, 9))
