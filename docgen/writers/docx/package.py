"""A Word file as an OPC package (ECMA-376 Part 2): its parts, and its canonical bytes."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from docgen.writers.docx.xml import DECLARATION, escape

if TYPE_CHECKING:
    from docx.opc.part import Part as Part
    from docx.package import Package as Package

ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "application/vnd.openxmlformats-officedocument."
_MAIN_TYPE: Final = _TYPES + "wordprocessingml.document.main+xml"
_WORDS: Final = re.compile(rb"<w:t(?:>| [^>]*>)([^<]*)</w:t>")
_IMAGES: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}


class Relationships:
    """The relationships of one part while its text is written; ids are given in the order of asking."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._ids: dict[tuple[str, str], str] = {}
        self._targets: list[tuple[str, str | Part]] = []

    def link(self, address: str) -> str:
        """The id of an external link to an address."""
        return self._id("hyperlink", address, address)

    def image(self, data: bytes, media_type: str) -> str:
        """The id of a picture, which is stored once in the package."""
        part = self._media.part(data, media_type)
        return self._id("image", str(part.partname), part)

    def part(self, kind: str, part: Part) -> str:
        """The id of another part, such as a header."""
        return self._id(kind, str(part.partname), part)

    def _id(self, kind: str, name: str, target: str | Part) -> str:
        known = self._ids.setdefault((kind, name), f"rId{len(self._ids) + 1}")
        if len(self._targets) < len(self._ids):
            self._targets.append((kind, target))
        return known

    def texts_of(self, *kinds: str) -> list[str]:
        """The words of the other parts of some kinds, a text each."""
        parts = [target for kind, target in self._targets if kind in kinds and not isinstance(target, str)]
        found = (b" ".join(_WORDS.findall(part.blob)).decode() for part in parts)
        return [html.unescape(text) for text in found if text.strip()]

    def attach(self, part: Part) -> None:
        """Gives the finished part its relationships."""
        for number, (kind, target) in enumerate(self._targets, 1):
            part.load_rel(_RELATIONSHIPS + kind, target, f"rId{number}", isinstance(target, str))


class Media:
    """The pictures of one package, each stored once."""

    def __init__(self) -> None:
        self._parts: dict[tuple[bytes, str], Part] = {}

    def part(self, data: bytes, media_type: str) -> Part:
        """The part that holds a picture of type `image/png`, `image/jpeg` or `image/svg+xml`."""
        name = f"/word/media/picture{len(self._parts) + 1}.{_IMAGES[media_type]}"
        return self._parts.setdefault((data, media_type), new_part(name, media_type, data))


def new_part(name: str, content_type: str, data: bytes) -> Part:
    """A part that is written as it is."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    return Part(PackURI(name), content_type, data)


def word_part(name: str, kind: str, data: bytes) -> Part:
    """A part of WordprocessingML under `/word/`; `kind` is for instance `footnotes`."""
    return new_part(f"/word/{name}.xml", f"{_TYPES}wordprocessingml.{kind}+xml", data)


def relate(source: Part | Package, kind: str, target: Part) -> str:
    """Relates a part (or the package) to another and gives the relationship's id; `kind` ends the type's URI."""
    return source.relate_to(target, kind if "://" in kind else _RELATIONSHIPS + kind)


def new_package(main: Part) -> Package:
    """A package around the main part."""
    from docx.package import Package

    package = Package()
    relate(package, "officeDocument", main)
    return package


def canonical_bytes(package: Package) -> bytes:
    """The package as a ZIP file that depends on its parts alone: content types first, the rest by name, one date.

    python-docx's own `save` asks the clock for the date, fails where it says one before ZIP's first, and reads every
    relationship as XML to write it.
    """
    parts: Sequence[Any] = package.parts
    for part in parts:
        part.before_marshal()
    files = {"_rels/.rels": _relationships(package.rels), **{part.partname.membername: part.blob for part in parts}}
    files |= {part.partname.rels_uri.membername: _relationships(part.rels) for part in parts if len(part.rels)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(files, key=lambda name: (name != "_rels/.rels", name))
        for name, data in [("[Content_Types].xml", _content_types(parts)), *((name, files[name]) for name in names)]:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            target.writestr(info, data, compresslevel=6)
    return out.getvalue()


def _relationships(relationships: Any) -> bytes:
    """The relationships of a part or of the package as XML (ECMA-376 part 2, 6.5.3)."""
    rows = "".join(
        f'<Relationship Id="{escape(rel.rId)}" Type="{escape(rel.reltype)}" Target="{escape(rel.target_ref)}"'
        + (' TargetMode="External"/>' if rel.is_external else "/>")
        for rel in relationships.values()
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">{rows}</Relationships>'.encode()


def _content_types(parts: Sequence[Any]) -> bytes:
    """`[Content_Types].xml` (ECMA-376 part 2, 7.2.3): by a file's ending where that is enough, else by its name."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.spec import default_content_types

    defaults, overrides = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}, {}
    for part in parts:
        ending = part.partname.ext.lower()
        if (ending, part.content_type) in default_content_types:
            defaults[ending] = part.content_type
        else:
            overrides[part.partname] = part.content_type
    rows = "".join(f'<Default Extension="{key}" ContentType="{defaults[key]}"/>' for key in sorted(defaults))
    rows += "".join(
        f'<Override PartName="{escape(key)}" ContentType="{escape(overrides[key])}"/>' for key in sorted(overrides)
    )
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}content-types">{rows}</Types>'.encode()


def raster_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in English Metric Units by its own resolution, or `None` for anything else."""
    from docx.image.image import Image

    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8")):
        return None
    try:
        image = Image.from_blob(data)
        return int(image.width), int(image.height)
    except Exception:  # python-docx lets anything through that a broken picture makes it stumble over
        return None
