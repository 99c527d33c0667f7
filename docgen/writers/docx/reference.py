"""What a Word file starts from: docgen's own look, or a template that the municipality has made in Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from docgen.problems import Origin, Problem, WriterError
from docgen.structs import Struct, field
from docgen.writers.docx.looks_designed import ACCENTS
from docgen.writers.docx.numbering import ListForms, list_forms
from docgen.writers.docx.package import Part
from docgen.writers.docx.styles import prepare_styles
from docgen.writers.docx.xml import NAMESPACES, W, clean
from docgen.writers.docx.zip_file import ZIP_DATE
from docgen.writers.theme import Theme

if TYPE_CHECKING:
    import docx.opc.part

REFERENCE: Final = "theme/reference/"
_DOCUMENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


class Base(Struct, frozen=True):
    """What a document starts from: its styles (name -> style id), the forms of lists, and from a municipality's own
    template also colour theme, page (`w:sectPr`) and the letterhead of the first page (parts by relationship type)."""

    styles: etree._Element
    styles_xml: bytes
    ids: Mapping[str, str]
    lists: ListForms
    theme: bytes = b""
    section: etree._Element | None = None
    letterhead: Mapping[str, Part] = field(default_factory=dict)


def styled_base(files: Mapping[str, bytes], theme: Theme, language: str) -> Base:
    """What a document starts from, with every style that docgen uses; the same for all documents, so never to be
    changed. Raises `WriterError` where the municipality's own template cannot be read."""
    return _styled_base(tuple(sorted(_reference_files(files).items())), theme, language)


@lru_cache(maxsize=8)
def _styled_base(reference: tuple[tuple[str, bytes], ...], theme: Theme, language: str) -> Base:
    found = _read_reference(dict(reference)) if reference else _default(theme)
    ids = prepare_styles(found.styles, theme, language)
    lists = list_forms(found.numbering, found.styles, ids, theme)
    styles = etree.tostring(found.styles, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Base(found.styles, styles, ids, lists, found.theme, found.section, found.letterhead)


class _Found(Struct, frozen=True):
    """What a document starts from, before docgen's own styles and lists are added."""

    styles: etree._Element
    numbering: etree._Element | None = None
    theme: bytes = b""
    section: etree._Element | None = None
    letterhead: Mapping[str, Part] = field(default_factory=dict)


def _reference_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The municipality's own Word template, unpacked under `theme/reference/` in the templates folder, if any."""
    return {name.removeprefix(REFERENCE): data for name, data in files.items() if name.startswith(REFERENCE)}


def _default(theme: Theme) -> _Found:
    """What a document starts from without such a template: python-docx's own, without its styles."""
    latent, office_theme = _default_template()
    styles = etree.fromstring(f"<w:styles {NAMESPACES}/>")
    styles.append(etree.fromstring(latent))
    return _Found(styles, theme=_coloured(office_theme, theme))


@lru_cache(maxsize=1)
def _default_template() -> tuple[bytes, bytes]:
    # `docx.Document()` would parse all of its parts, and only two are wanted; to load python-docx takes as long again.
    found = find_spec("docx")
    assert found is not None
    assert found.submodule_search_locations
    with zipfile.ZipFile(Path(found.submodule_search_locations[0], "templates/default.docx")) as template:
        styles = etree.fromstring(template.read("word/styles.xml"), etree.XMLParser(remove_blank_text=True))
        theme = template.read("word/theme/theme1.xml")
    latent = styles.find(f"{{{W}}}latentStyles")
    assert latent is not None
    return etree.tostring(latent), theme


def _coloured(office_theme: bytes, theme: Theme) -> bytes:
    """The colour theme with the colours of the theme and its font, so that Word's own menus offer them."""
    root = etree.fromstring(office_theme)
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for number, colour in enumerate((theme.palette or (theme.colours.accent,))[:ACCENTS], 1):
        for accent in root.iter(f"{{{space}}}accent{number}"):
            for old in list(accent):
                accent.remove(old)
            etree.SubElement(accent, f"{{{space}}}srgbClr", val=str(colour)[1:].upper())
    for tag in ("majorFont", "minorFont"):
        for latin in root.iterfind(f".//{{{space}}}{tag}/{{{space}}}latin"):
            latin.set("typeface", clean(theme.fonts.office))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _read_reference(reference: Mapping[str, bytes]) -> _Found:
    """What a document starts from with a template of the municipality's own: its styles, numbering, colour theme, page
    and the first page's header and footer; no text, macro, setting or property. Raises `WriterError` where it cannot be
    read."""
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
    return _Found(
        etree.fromstring(related.get("styles", reference["word/styles.xml"])),
        None if numbering is None else etree.fromstring(numbering),
        related.get("theme", b""),
        sections[-1] if sections else None,
        letterhead,
    )


_NEEDED: Final = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml")


def _letterhead(document: etree._Element, parts: Mapping[str, docx.opc.part.Part]) -> Iterator[tuple[str, Part]]:
    relationship = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for kind in ("header", "footer"):
        for reference in document.iterfind(f"{{{W}}}body/{{{W}}}sectPr/{{{W}}}{kind}Reference"):
            if reference.get(f"{{{W}}}type") == "first":
                yield kind, Part.copied(parts[reference.get(relationship, "")])


def _packed(reference: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in sorted(reference.items()):
            if name == "[Content_Types].xml":
                data = data.replace(_TEMPLATE_TYPE.encode(), _DOCUMENT_TYPE.encode())
            target.writestr(zipfile.ZipInfo(name, ZIP_DATE), data)
    return out.getvalue()


def _xml_problems(reference: Mapping[str, bytes]) -> Iterator[Problem]:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    for name, data in reference.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            yield _problem(name, "filen er ikke XML", error.lineno or 0)
            continue
        if root.getroottree().docinfo.internalDTD is not None:
            yield _problem(name, "XML med DTD bliver ikke læst")
        if name == "word/styles.xml" and root.tag != f"{{{W}}}styles":
            yield _problem(name, "filen har ingen Word-typografier i det almindelige format (ikke Strict)")


def _problem(name: str, message: str, line: int = 0) -> Problem:
    hint = "gem skabelonen i Word som .docx og pak den ud i theme/reference/ igen"
    return Problem(Origin(REFERENCE + name, line), message, hint)
