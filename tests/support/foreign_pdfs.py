"""PDFs as they come from elsewhere: good ones, hostile ones, and ones that cannot be an annex."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

_REPORT = b"""
#set page(width: 210mm, height: 297mm)
#set heading(numbering: "1.")
= Rapportens start <start>
Rapportens tekst, se #link("https://www.kk.dk/rapport")[hjemmesiden] og @slut.
== Et underafsnit
#pagebreak()
= Rapportens midte
#pagebreak()
= Rapportens slutning <slut>
Tilbage til @start.
"""


def text_pdf(text: str) -> bytes:
    """One page with a text."""
    written = typst.Compiler(text.encode(), ignore_system_fonts=True).compile(
        format="pdf", timestamp=datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert isinstance(written, bytes)
    return written


@cache
def report_pdf() -> bytes:
    """Three pages with headings, bookmarks, a link to the web, and links from page to page; tagged."""
    compiler = typst.Compiler(_REPORT, ignore_system_fonts=True)
    written = compiler.compile(format="pdf", timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    assert isinstance(written, bytes)
    return written


def hostile_pdf() -> bytes:
    """The report with scripts, a program to start, a form, a comment, files and a bookmark that goes in circles."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(report_pdf())))
    writer.root_object[NameObject("/OpenAction")] = _script("start")
    writer.add_attachment("ond.exe", b"MZ ond")
    page = writer.pages[0]
    script = _script("side")
    page[NameObject("/AA")] = _dictionary(O=script)
    launch = _dictionary(S=NameObject("/Launch"), F=TextStringObject("ond.exe"))
    field = DecodedStreamObject()
    field.set_data(b"0.1 0.5 0.1 rg 0 0 60 20 re f")
    field.update(
        _dictionary(
            Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=_numbers(0, 0, 60, 20), AA=script, AF=launch
        )
    )
    annotations: Any = page["/Annots"]
    annotations += [
        _annotation("/Link", A=script),
        _annotation("/Link", A=launch),
        _annotation("/Link", A=_dictionary(S=NameObject("/URI"), URI=TextStringObject("javascript:ond()"))),
        _annotation("/Text", Contents=TextStringObject("Hemmelig kommentar"), T=TextStringObject("En Medarbejder")),
        _annotation("/FileAttachment", FS=_dictionary(Type=NameObject("/Filespec"), F=TextStringObject("ond.exe"))),
        _annotation("/Widget", AP=_dictionary(N=writer._add_object(field)), A=script, AA=_dictionary(K=script)),
    ]
    outline: Any = writer.root_object["/Outlines"]
    first: Any = outline["/Last"]
    first[NameObject("/Next")] = outline.raw_get("/First")
    return _bytes(writer)


def layered_pdf(hiding: str = "") -> bytes:
    """The report with a layer: shown, or hidden by `OFF` (a list of layers) or by `BaseState` (all of them)."""
    layered = PdfWriter(clone_from=PdfReader(io.BytesIO(report_pdf())))
    layer = layered._add_object(_dictionary(Type=NameObject("/OCG"), Name=TextStringObject("Et lag")))
    ways = {"OFF": ArrayObject([layer]), "BaseState": NameObject("/OFF"), "": NameObject("/ON")}
    shown = _dictionary(**{hiding or "BaseState": ways[hiding]})
    layered.root_object[NameObject("/OCProperties")] = _dictionary(OCGs=ArrayObject([layer]), D=shown)
    return _bytes(layered)


def pictures_pdf(
    content: bytes = b"q 400 0 0 500 90 200 cm /Im0 Do Q", colours: str = "/DeviceRGB", pages: int = 1, **picture: Any
) -> bytes:
    """Pages as a scanner makes them, without a word: `content` shows the picture `/Im0`, two points wide and high in
    those colours; `picture` are more entries of it."""
    writer = PdfWriter()
    shown = DecodedStreamObject()
    shown.set_data(bytes(range(4 * {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}[colours])))
    shown.update(
        _dictionary(
            Type=NameObject("/XObject"), Subtype=NameObject("/Image"), Width=NumberObject(2), Height=NumberObject(2),
            ColorSpace=NameObject(colours), BitsPerComponent=NumberObject(8), **picture,
        )
    )  # fmt: skip
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        drawn = DecodedStreamObject()
        drawn.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(drawn)
        page[NameObject("/Resources")] = _dictionary(XObject=_dictionary(Im0=writer._add_object(shown)))
    return _bytes(writer)


def unusable_pdfs() -> dict[str, bytes]:
    """Files that cannot be an annex, by what is wrong with them."""
    locked = PdfWriter(clone_from=PdfReader(io.BytesIO(report_pdf())))
    locked.encrypt("hemmelig", algorithm="RC4-128")
    empty, blank = PdfWriter(), PdfWriter()
    blank.add_blank_page(595, 842)
    return {
        "beskyttet med adgangskode": _bytes(locked),
        "ødelagt": b"%PDF-1.7\nikke en PDF\n",
        "en Word-fil": b"PK\x03\x04 word/document.xml",
        "tom fil": b"",
        "uden sider": _bytes(empty),
        "kun tomme sider": _bytes(blank),
        "skjulte lag": layered_pdf("OFF"),
        "lag, der er skjult fra begyndelsen": layered_pdf("BaseState"),
        "for stor": b"%PDF-1.7\n" + bytes(50_000_000),
    }


def _script(text: str) -> DictionaryObject:
    return _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject(f"app.alert('{text}')"))


def _annotation(kind: str, **entries: Any) -> DictionaryObject:
    return _dictionary(
        Type=NameObject("/Annot"), Subtype=NameObject(kind), Rect=_numbers(100, 100, 160, 120), **entries
    )


def _dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _numbers(*values: int) -> ArrayObject:
    return ArrayObject(NumberObject(value) if value else FloatObject(0) for value in values)


def _bytes(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
