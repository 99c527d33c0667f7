"""Annexes tell what they lose: refused where a page would show something else, told where something does not follow."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from docgen.packs.case import write_pack
from docgen.pdf_pages.open import check_annex
from docgen.pipeline import Job
from docgen.problems import Origin
from tests.packs.test_annexes import _WITHOUT_CITATIONS, CASE, FOREIGN, project_with
from tests.support.foreign_pdfs import report_pdf, text_pdf


def made(change: Any, of: bytes | None = None) -> bytes:
    """The report, or another PDF, with a change that a writer makes."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(of or report_pdf())))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def numbers(*values: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, values))


def with_annotation(kind: str, shows: bytes | None = None, needs: bool = False, **entries: Any) -> bytes:
    """The report with an annotation on its second page, and a form where it is a field; `shows` is its picture."""

    def change(writer: PdfWriter) -> None:
        found = dictionary(Type=NameObject("/Annot"), Subtype=NameObject(kind), Rect=numbers(9, 9, 99, 30), **entries)
        if shows is not None:
            picture = DecodedStreamObject()
            picture.set_data(shows)
            picture.update(dictionary(Subtype=NameObject("/Form"), BBox=numbers(0, 0, 90, 21)))
            found[NameObject("/AP")] = dictionary(N=writer._add_object(picture))
        reference = writer._add_object(found)
        page = writer.pages[1]
        page[NameObject("/Annots")] = ArrayObject([reference])
        if kind == "/Widget":
            form = dictionary(Fields=ArrayObject([reference]), NeedAppearances=BooleanObject(needs))
            writer.root_object[NameObject("/AcroForm")] = form

    return made(change)


def fault(data: bytes) -> str:
    """What is said of a file that is attached; empty where it can be."""
    return " ".join(f"{found.message}; {found.hint}" for found in check_annex("a.pdf", data, Origin("sag.yaml")))


def notices(data: bytes) -> list[str]:
    """What is said of a file in a pack, without what is said of claims."""
    pack = write_pack(Job(project_with(FOREIGN, rapport=data, **_WITHOUT_CITATIONS), CASE))
    return [notice.message for notice in pack.notices if "lover" not in notice.message]


TEXT, BUTTON = NameObject("/Tx"), NameObject("/Btn")
WORDS = TextStringObject("Udfyldt felt")


@pytest.mark.parametrize("needs", [False, True])
@pytest.mark.parametrize("shows", [None, b"", b"0 0 90 21 re f"])
def test_a_filled_field_that_shows_nothing_is_refused_with_its_page(shows: bytes | None, needs: bool) -> None:
    said = fault(with_annotation("/Widget", shows, needs, FT=TEXT, V=WORDS))
    assert "udfyldt felt på side 2" in said
    assert "udskriv det til PDF" in said


def test_a_field_that_is_drawn_anew_must_show_what_it_says() -> None:
    assert fault(with_annotation("/Widget", b"BT (Gammelt) Tj ET", needs=True, FT=TEXT, V=WORDS))
    assert not fault(with_annotation("/Widget", b"BT (Udfyldt felt) Tj ET", needs=True, FT=TEXT, V=WORDS))
    assert not fault(with_annotation("/Widget", b"BT (Udfyldt felt) Tj ET", FT=TEXT, V=WORDS))


@pytest.mark.parametrize("value", [None, TextStringObject(""), TextStringObject(" ")])
def test_an_empty_field_loses_nothing(value: Any) -> None:
    said = {} if value is None else {"V": value}
    assert not fault(with_annotation("/Widget", None, needs=True, FT=TEXT, **said))


@pytest.mark.slow
def test_a_ticked_box_that_shows_nothing_is_refused() -> None:
    assert "afkrydset felt" in fault(with_annotation("/Widget", None, FT=BUTTON, AS=NameObject("/Ja")))
    assert not fault(with_annotation("/Widget", None, FT=BUTTON, AS=NameObject("/Off")))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["/FreeText", "/Square", "/Ink", "/Highlight", "/Line"])
def test_a_remark_without_a_picture_is_refused_and_one_with_a_picture_is_not(kind: str) -> None:
    assert "bemærkning eller figur på side 2" in fault(with_annotation(kind))
    assert not fault(with_annotation(kind, b"0 0 90 21 re f"))
    assert not fault(with_annotation(kind, F=NumberObject(2)))


def test_a_dynamic_form_is_refused_and_a_static_one_is_not() -> None:
    def xfa(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/AcroForm")] = dictionary(XFA=ArrayObject())

    def rendered(writer: PdfWriter) -> None:
        xfa(writer)
        writer.root_object[NameObject("/NeedsRendering")] = BooleanObject(True)

    assert "XFA-formular" in fault(made(rendered))
    assert "XFA-formular" in fault(made(xfa, text_pdf("Please wait...")))
    assert not fault(made(xfa))


def test_a_portfolio_is_refused() -> None:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/Collection")] = dictionary()

    assert "portefølje" in fault(made(change))


@pytest.mark.slow
def test_attached_files_and_notes_are_named() -> None:
    data = made(lambda writer: writer.add_attachment("regneark.xlsx", b"x"))
    assert not fault(data)
    assert notices(data) == ["bilag 1 ('rapport.pdf') har vedhæftede filer, som ikke følger med: regneark.xlsx"]
    assert notices(with_annotation("/Text", Contents=WORDS)) == [
        "bilag 1 ('rapport.pdf') har en note på side 2, som ikke følger med"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"])
def test_what_moves_or_sounds_is_told(kind: str) -> None:
    said = ["bilag 1 ('rapport.pdf') har lyd, film eller en model på side 2, som ikke følger med"]
    assert notices(with_annotation(kind, b"0 0 90 21 re f")) == said


@pytest.mark.parametrize(
    ("key", "box", "wrong"),
    [
        ("/MediaBox", None, "ikke har et mål"),
        ("/MediaBox", numbers(0, 0, 595), "ikke har et mål"),
        ("/MediaBox", ArrayObject([TextStringObject("a")] * 4), "ikke har et mål"),
        ("/MediaBox", numbers(0, 0, 0, 0), "er beskåret, så intet af den er tilbage"),
        ("/CropBox", numbers(2000, 2000, 2600, 2800), "er beskåret, så intet af den er tilbage"),
        ("/CropBox", numbers(50, 60, 10, 20), "er mindre end 2,5 cm"),
    ],
)
def test_a_page_without_a_sane_size_is_named(key: str, box: Any, wrong: str) -> None:
    def change(writer: PdfWriter) -> None:
        page = writer.pages[1]
        if box is not None:
            page[NameObject(key)] = box
            return
        parent: Any = page["/Parent"].get_object()
        for holder in (page, parent):
            holder.pop(NameObject(key), None)

    said = fault(made(change))
    assert "(side 2)" in said
    assert wrong in said


@pytest.mark.slow
def test_a_signature_is_told_and_its_field_alone_is_not() -> None:
    signed = with_annotation("/Widget", b"0 0 90 21 re f", FT=NameObject("/Sig"), V=dictionary(Type=NameObject("/Sig")))
    assert notices(signed) == ["bilag 1 ('rapport.pdf') har en digital underskrift, som ikke følger med"]
    assert notices(with_annotation("/Widget", b"0 0 90 21 re f", FT=NameObject("/Sig"))) == []
    assert notices(report_pdf()) == []


@pytest.mark.parametrize("method", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_a_locked_file_is_called_by_its_right_name(method: str) -> None:
    def owner(writer: PdfWriter) -> None:
        writer.encrypt("", "ejer", algorithm=method)

    def user(writer: PdfWriter) -> None:
        writer.encrypt("kode", "ejer", algorithm=method)

    assert "låst mod ændringer med en ejers adgangskode" in fault(made(owner))
    assert "er beskyttet med adgangskode" in fault(made(user))


def test_a_reversed_box_is_turned_and_a_tiny_page_is_refused() -> None:
    def turned(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/MediaBox")] = numbers(595, 842, 0, 0)

    def tiny(writer: PdfWriter) -> None:
        writer.pages[2][NameObject("/MediaBox")] = numbers(0, 0, 30, 30)

    pack = write_pack(Job(project_with(FOREIGN, rapport=made(turned), **_WITHOUT_CITATIONS), CASE))
    boxes = [tuple(map(float, page.mediabox)) for page in PdfReader(io.BytesIO(pack.data)).pages]
    assert all(left < right and bottom < top for left, bottom, right, top in boxes)
    assert "(side 3)" in fault(made(tiny))
