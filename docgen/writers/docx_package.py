"""A Word file as an OPC package (ECMA-376 Part 2): what it starts from, its parts, and its canonical bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from docgen.problems import Origin, Problem, WriterError
from docgen.structs import Struct, field
from docgen.writers.docx_xml import NAMESPACES, W, clean
from docgen.writers.theme import Theme

if TYPE_CHECKING:
    from docx.opc.part import Part as Part
    from docx.package import Package as Package

REFERENCE: Final = "theme/reference/"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "application/vnd.openxmlformats-officedocument."
_MAIN_TYPE: Final = _TYPES + "wordprocessingml.document.main+xml"
_TEMPLATE_TYPE = _TYPES + "wordprocessingml.template.main+xml"
_IMAGES: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}


class Base(Struct, frozen=True):
    """What a document starts from: its styles, and from a municipality's own template also numbering, colour theme,
    page (`w:sectPr`) and the letterhead of the first page (parts by relationship type)."""

    styles: etree._Element
    numbering: etree._Element | None = None
    theme: bytes = b""
    section: etree._Element | None = None
    letterhead: Mapping[str, Part] = field(default_factory=dict)


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
    """The package as a ZIP file that depends on its parts alone: content types first, the rest by name, one date."""
    raw = io.BytesIO()
    package.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n != "_rels/.rels", n)):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name), compresslevel=6)
    return out.getvalue()


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


# -- what a document starts from --------------------------------------------------------------------------------


def read_base(files: Mapping[str, bytes], theme: Theme) -> Base:
    """The municipality's own template from `theme/reference/`, or else python-docx's without its styles.

    Of a template these are taken over: styles, numbering, colour theme, page and the first page's header and footer;
    no text, macro, setting or property. Raises `WriterError` where it cannot be read.
    """
    reference = {n.removeprefix(REFERENCE): data for n, data in files.items() if n.startswith(REFERENCE)}
    if reference:
        return _read_reference(reference)
    latent, office_theme = _default_template()
    styles = etree.fromstring(f"<w:styles {NAMESPACES}/>")
    styles.append(etree.fromstring(latent))
    return Base(styles, theme=_coloured(office_theme, theme))


@lru_cache(maxsize=1)
def _default_template() -> tuple[bytes, bytes]:
    import docx

    # `docx.Document()` would parse all of its parts, and only two are wanted.
    with zipfile.ZipFile(f"{docx.__path__[0]}/templates/default.docx") as template:
        styles = etree.fromstring(template.read("word/styles.xml"), etree.XMLParser(remove_blank_text=True))
        theme = template.read("word/theme/theme1.xml")
    latent = styles.find(f"{{{W}}}latentStyles")
    assert latent is not None
    return etree.tostring(latent), theme


def _coloured(office_theme: bytes, theme: Theme) -> bytes:
    """The colour theme with docgen's accent and font, so that Word's own menus offer them."""
    root = etree.fromstring(office_theme)
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for accent in root.iter(f"{{{space}}}accent1"):
        for old in list(accent):
            accent.remove(old)
        etree.SubElement(accent, f"{{{space}}}srgbClr", val=theme.colours.accent[1:].upper())
    for tag in ("majorFont", "minorFont"):
        for latin in root.iterfind(f".//{{{space}}}{tag}/{{{space}}}latin"):
            latin.set("typeface", clean(theme.fonts.office))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _read_reference(reference: Mapping[str, bytes]) -> Base:
    import docx

    problems = [_problem(n, "filen mangler") for n in _NEEDED if n not in reference] or list(_xml_problems(reference))
    if problems:
        raise WriterError(problems)
    try:
        main = docx.Document(io.BytesIO(_packed(reference))).part
        document = etree.fromstring(main.blob)
        related = {
            rel.reltype.rpartition("/")[2]: rel.target_part.blob for rel in main.rels.values() if not rel.is_external
        }
        letterhead = dict(_letterhead(document, main.related_parts))
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise WriterError([_problem("word/document.xml", "skabelonen er ikke et Word-dokument")]) from error
    numbering = related.get("numbering")
    sections = document.findall(f"{{{W}}}body/{{{W}}}sectPr")
    return Base(
        etree.fromstring(related.get("styles", reference["word/styles.xml"])),
        None if numbering is None else etree.fromstring(numbering),
        related.get("theme", b""),
        sections[-1] if sections else None,
        letterhead,
    )


_NEEDED: Final = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml")


def _letterhead(document: etree._Element, parts: Mapping[str, Part]) -> Iterator[tuple[str, Part]]:
    relationship = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for kind in ("header", "footer"):
        for reference in document.iterfind(f"{{{W}}}body/{{{W}}}sectPr/{{{W}}}{kind}Reference"):
            if reference.get(f"{{{W}}}type") == "first":
                yield kind, parts[reference.get(relationship, "")]


def _packed(reference: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in sorted(reference.items()):
            if name == "[Content_Types].xml":
                data = data.replace(_TEMPLATE_TYPE.encode(), _MAIN_TYPE.encode())
            target.writestr(zipfile.ZipInfo(name, _ZIP_DATE), data)
    return out.getvalue()


def _xml_problems(reference: Mapping[str, bytes]) -> Iterator[Problem]:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    for name, data in reference.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            yield _problem(name, f"filen er ikke XML ({error.msg})", error.lineno or 0)
            continue
        if root.getroottree().docinfo.internalDTD is not None:
            yield _problem(name, "XML med DTD bliver ikke læst")
        if name == "word/styles.xml" and root.tag != f"{{{W}}}styles":
            yield _problem(name, "filen har ingen Word-typografier i det almindelige format (ikke Strict)")


def _problem(name: str, message: str, line: int = 0) -> Problem:
    hint = "gem skabelonen i Word som .docx og pak den ud i theme/reference/ igen"
    return Problem(Origin(REFERENCE + name, line), message, hint)
