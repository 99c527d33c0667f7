"""A Word file as an OPC package (ECMA-376 Part 2): its parts, and its canonical bytes."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from docgen.structs import Struct, field
from docgen.writers.docx.xml import DECLARATION, escape
from docgen.writers.docx.zip_file import zip_of

if TYPE_CHECKING:
    import docx.opc.part

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "application/vnd.openxmlformats-officedocument."
_MAIN_TYPE: Final = _TYPES + "wordprocessingml.document.main+xml"
_WORDS: Final = re.compile(rb"<w:t(?:>| [^>]*>)([^<]*)</w:t>")
_IMAGES: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}


class Relation(Struct, frozen=True):
    """That a part needs another, or an address: the id that its text knows it by, the type's URI, and what it needs."""

    id: str
    kind: str
    target: Part | str


class Part(Struct, eq=False):
    """A part of a package: its name (`/word/styles.xml`; `/` is the package itself), its type, its bytes and what it
    needs.

    python-docx has such a class, too, but all of its four hundred others are loaded with it, and that takes as long as
    writing a policy.
    """

    name: str
    content_type: str
    blob: bytes
    needs: list[Relation] = field(default_factory=list)

    @classmethod
    def copied(cls, part: docx.opc.part.Part) -> Part:
        """A part that python-docx has read, and what it needs."""
        return _copied(part, {})

    def relate(self, kind: str, target: Part | str, id: str = "") -> str:
        """Relates the part to another; gives the relationship's id, which is that of an earlier one where there is."""
        for known in self.needs:
            if not id and known.kind == kind and known.target is target:
                return known.id
        self.needs.append(Relation(id or f"rId{len(self.needs) + 1}", kind, target))
        return self.needs[-1].id

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters: `xml`."""
        return posixpath.splitext(self.name)[1].lstrip(".").lower()

    @property
    def file(self) -> str:
        """Its name in the ZIP file."""
        return self.name[1:]

    @property
    def file_of_needs(self) -> str:
        """The name in the ZIP file of the list of what it needs."""
        folder, name = posixpath.split(self.name)
        return posixpath.join(folder, "_rels", f"{name}.rels")[1:]

    def address(self, target: Part | str) -> str:
        """Where it finds what it needs, seen from its own folder."""
        if isinstance(target, str):
            return target
        folder = posixpath.dirname(self.name)
        return target.file if folder == "/" else posixpath.relpath(target.name, folder)


def _copied(part: docx.opc.part.Part, known: dict[str, Part]) -> Part:
    name = str(part.partname)
    if name not in known:
        known[name] = own = Part(name, part.content_type, part.blob)
        own.needs += [
            Relation(id, one.reltype, one.target_ref if one.is_external else _copied(one.target_part, known))
            for id, one in part.rels.items()
        ]
    return known[name]


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
        return self._id("image", part.name, part)

    def part(self, kind: str, part: Part) -> str:
        """The id of another part, such as a header."""
        return self._id(kind, part.name, part)

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
            part.relate(_RELATIONSHIPS + kind, target, f"rId{number}")


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
    return Part(name, content_type, data)


def word_part(name: str, kind: str, data: bytes) -> Part:
    """A part of WordprocessingML under `/word/`; `kind` is for instance `footnotes`."""
    return new_part(f"/word/{name}.xml", f"{_TYPES}wordprocessingml.{kind}+xml", data)


def relate(source: Part, kind: str, target: Part) -> str:
    """Relates a part (or the package) to another and gives the relationship's id; `kind` ends the type's URI."""
    return source.relate(kind if "://" in kind else _RELATIONSHIPS + kind, target)


def new_package(main: Part) -> Part:
    """A package around the main part."""
    package = Part("/", "", b"")
    relate(package, "officeDocument", main)
    return package


def canonical_bytes(package: Part) -> bytes:
    """The package as a ZIP file that depends on its parts alone: content types first, the rest by name, one date."""
    parts = list(_parts(package, {id(package)}))
    files = {"_rels/.rels": _relationships(package), **{part.file: part.blob for part in parts}}
    files |= {part.file_of_needs: _relationships(part) for part in parts if part.needs}
    names = sorted(files, key=lambda name: (name != "_rels/.rels", name))
    return zip_of([("[Content_Types].xml", _content_types(parts)), *((name, files[name]) for name in names)])


def _parts(source: Part, met: set[int]) -> Iterator[Part]:
    """All that a part needs, and what that needs, each once."""
    for need in source.needs:
        if isinstance(need.target, Part) and id(need.target) not in met:
            met.add(id(need.target))
            yield need.target
            yield from _parts(need.target, met)


def _relationships(source: Part) -> bytes:
    """The relationships of a part or of the package as XML (ECMA-376 part 2, 6.5.3)."""
    rows = "".join(
        f'<Relationship Id="{escape(need.id)}" Type="{escape(need.kind)}" '
        f'Target="{escape(source.address(need.target))}"'
        + (' TargetMode="External"/>' if isinstance(need.target, str) else "/>")
        for need in source.needs
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">{rows}</Relationships>'.encode()


_OF_PACKAGES: Final = "application/vnd.openxmlformats-package.relationships+xml"
_BY_ENDING: Final = {
    "bmp": "image/bmp",
    "emf": "image/x-emf",
    "fntdata": "application/x-fontdata",
    "gif": "image/gif",
    "jpe": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "rels": _OF_PACKAGES,
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "wdp": "image/vnd.ms-photo",
    "wmf": "image/x-wmf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
_OF_BIN: Final = tuple(
    f"application/vnd.openxmlformats-officedocument.{kind}.printerSettings"
    for kind in ("presentationml", "spreadsheetml", "wordprocessingml")
)


def _content_types(parts: Sequence[Part]) -> bytes:
    """`[Content_Types].xml` (ECMA-376 part 2, 7.2.3): by a file's ending where that is enough, else by its name."""
    defaults, overrides = {"rels": _OF_PACKAGES, "xml": _BY_ENDING["xml"]}, {}
    for part in parts:
        ending, kind = part.ending, part.content_type
        if _BY_ENDING.get(ending) == kind or (ending == "bin" and kind in _OF_BIN):
            defaults[ending] = kind
        else:
            overrides[part.name] = kind
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
