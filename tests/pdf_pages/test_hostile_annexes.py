"""Twenty annexes that carry something nobody sees: a word that must not come along into a pack, in twenty places."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from docgen.packs.case import write_pack
from docgen.pipeline import Job
from tests.packs.test_annexes import AGAIN, CASE, FOREIGN, project_with, reading
from tests.support.foreign_pdfs import report_pdf

WORD = "zqhemmeligqz"
_GLUED = rb"BT 1 0 0 1 9 9 Tm (50 \(%\) af det) Tj ET % "
TEXT = TextStringObject(WORD)


def name(key: str) -> NameObject:
    return NameObject(f"/{key}")


def entries(**values: Any) -> DictionaryObject:
    return DictionaryObject({name(key): value for key, value in values.items()})


def stream(data: bytes, **values: Any) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(entries(**values))
    return made


def picture(data: bytes = b"\0", **values: Any) -> DecodedStreamObject:
    size = {"Width": FloatObject(1), "Height": FloatObject(1), "BitsPerComponent": FloatObject(8)}
    return stream(data, Type=name("XObject"), Subtype=name("Image"), ColorSpace=name("DeviceGray"), **size, **values)


def form(data: bytes = b"0 0 1 1 re f", **values: Any) -> DecodedStreamObject:
    area = ArrayObject([FloatObject(number) for number in (0, 0, 9, 9)])
    return stream(data, Type=name("XObject"), Subtype=name("Form"), BBox=area, **values)


def photograph(filter: str = "DCTDecode", packed: bool = False) -> EncodedStreamObject:
    """A picture as a camera made it, with a word that the camera wrote."""
    shown = io.BytesIO()
    if filter == "DCTDecode":
        Image.new("L", (8, 8)).save(shown, "JPEG", comment=WORD.encode())
    else:
        box = (8 + len(WORD)).to_bytes(4, "big") + b"xml " + WORD.encode()
        Image.new("L", (8, 8)).save(shown, "JPEG2000")
        shown.write(box)
    made = EncodedStreamObject()
    made._data = zlib.compress(shown.getvalue()) if packed else shown.getvalue()
    made.update(entries(Type=name("XObject"), Subtype=name("Image"), ColorSpace=name("DeviceGray")))
    made.update(entries(**dict.fromkeys(("Width", "Height", "BitsPerComponent"), FloatObject(8))))
    made[name("Filter")] = ArrayObject([name("FlateDecode"), name(filter)]) if packed else name(filter)
    return made


def resource(page: Any, kind: str, key: str, value: Any) -> None:
    resources = page["/Resources"]
    if f"/{kind}" not in resources:
        resources[name(kind)] = DictionaryObject()
    resources[f"/{kind}"][name(key)] = value


def paint(writer: PdfWriter, page: Any, more: bytes) -> None:
    page[name("Contents")] = writer._add_object(stream(page.get_contents().get_data() + b"\n" + more))


def _unshown(writer: PdfWriter, page: Any, kind: str, value: Any) -> None:
    resource(page, kind, "Ubrugt", writer._add_object(value))


def _shown_form(writer: PdfWriter, page: Any, value: StreamObject) -> None:
    resource(page, "XObject", "Vist", writer._add_object(value))
    paint(writer, page, b"q /Vist Do Q")


def _font(page: Any) -> Any:
    return next(iter(page["/Resources"]["/Font"].values())).get_object()


def _set(target: Any, key: str, value: Any = TEXT) -> None:
    target[name(key)] = value


def _of_stream(writer: PdfWriter, page: Any) -> None:
    paint(writer, page, b"")
    _set(page["/Contents"], "Firma")


def _of_layer(writer: PdfWriter, page: Any) -> None:
    resource(page, "Properties", "Lag", writer._add_object(entries(Type=name("OCG"), Name=TEXT)))
    paint(writer, page, b"/OC /Lag BDC 0 0 1 1 re f EMC")


HOSTILE: dict[str, Callable[[PdfWriter, Any], object]] = {
    "en bemærkning i indholdet": lambda w, p: paint(w, p, b"% " + WORD.encode() + b"\n"),
    "en bemærkning efter en tekst": lambda w, p: paint(w, p, _GLUED + WORD.encode()),
    "en bemærkning i en form": lambda w, p: _shown_form(w, p, form(b"0 0 1 1 re f % " + WORD.encode())),
    "et miniaturebillede": lambda w, p: _set(p, "Thumb", w._add_object(picture(WORD.encode()))),
    "en ukendt nøgle på siden": lambda w, p: _set(p, "Firma"),
    "en ukendt nøgle i ressourcerne": lambda w, p: _set(p["/Resources"], "Firma"),
    "en ukendt nøgle i en skrift": lambda w, p: _set(_font(p), "Firma"),
    "en ukendt nøgle i en form": lambda w, p: _shown_form(w, p, form(Firma=TEXT)),
    "en ukendt nøgle i indholdets strøm": lambda w, p: _of_stream(w, p),
    "et billede, der ikke vises": lambda w, p: _unshown(w, p, "XObject", picture(WORD.encode())),
    "en form, der ikke vises": lambda w, p: _unshown(w, p, "XObject", form(b"BT (" + WORD.encode() + b") Tj ET")),
    "en skrift, der ikke bruges": lambda w, p: _unshown(
        w, p, "Font", entries(Type=name("Font"), BaseFont=name(WORD))
    ),
    "et mønster, der ikke bruges": lambda w, p: _unshown(
        w, p, "Pattern", stream(WORD.encode(), PatternType=FloatObject(1))
    ),
    "en form i en form, der ikke vises": lambda w, p: _shown_form(
        w, p, form(Resources=entries(XObject=entries(Indre=w._add_object(form(WORD.encode())))))
    ),
    "metadata på siden": lambda w, p: _set(p, "Metadata", w._add_object(stream(WORD.encode(), Type=name("Metadata")))),
    "metadata på et billede": lambda w, p: _shown_form(w, p, picture(Metadata=w._add_object(stream(WORD.encode())))),
    "en bemærkning i et fotografi": lambda w, p: _shown_form(w, p, photograph()),
    "en bemærkning i et fotografi, der er pakket": lambda w, p: _shown_form(w, p, photograph(packed=True)),
    "en bemærkning i et JPEG 2000-billede": lambda w, p: _shown_form(w, p, photograph("JPXDecode")),
    "programmets egne data": lambda w, p: _set(p, "PieceInfo", entries(Firma=entries(Private=TEXT))),
    "en tilknyttet fil": lambda w, p: _set(p, "AF", ArrayObject([w._add_object(stream(WORD.encode()))])),
    "et navn på et lag": lambda w, p: _of_layer(w, p),
    "en bemærkning på siden": lambda w, p: _set(
        p,
        "Annots",
        ArrayObject(
            [
                entries(
                    Type=name("Annot"),
                    Subtype=name("Square"),
                    Rect=ArrayObject([FloatObject(number) for number in (1, 1, 9, 9)]),
                    Contents=TEXT,
                    T=TEXT,
                    AP=entries(N=w._add_object(form(Firma=TEXT))),
                )
            ]
        ),
    ),
    "titel og forfatter": lambda w, p: w.add_metadata({"/Title": WORD, "/Author": WORD}),
}  # fmt: skip


def hostile(change: Callable[[PdfWriter, Any], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(report_pdf())))
    change(writer, writer.pages[0])
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def inside(data: bytes) -> str:
    """Everything in a file, unpacked, but for the source that docgen itself embeds."""
    reader = PdfReader(io.BytesIO(data))
    parts = [data]
    for number in range(1, int(str(reader.trailer["/Size"]))):
        value: Any = reader.get_object(number)
        if isinstance(value, StreamObject):
            parts.append(value.get_data())
        parts.append(str(value).encode())
    return b"\0".join(parts).decode("latin-1")


def test_there_are_twenty() -> None:
    assert len(HOSTILE) >= 20


@pytest.mark.slow
@pytest.mark.parametrize("place", HOSTILE)
def test_what_nobody_sees_does_not_come_along(place: str) -> None:
    annex = hostile(HOSTILE[place])
    assert WORD in inside(annex), "it is there"
    pack = write_pack(Job(project_with(FOREIGN, AGAIN, rapport=annex), CASE)).data
    assert WORD not in inside(pack)
    clean = write_pack(Job(project_with(FOREIGN, AGAIN, rapport=report_pdf()), CASE)).data
    first = reading(pack).page_labels.index("Bilag 1, s. 1")
    shown, before = (reading(data).pages[first].extract_text() for data in (pack, clean))
    assert before.split()[0] in shown
    assert set(before.split()) <= set(shown.split())
