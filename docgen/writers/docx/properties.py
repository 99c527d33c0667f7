"""The parts of a Word file that say what it is: settings, core and custom properties, and the manifest."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.writers.docx.package import new_part, relate, word_part
from docgen.writers.docx.xml import DECLARATION, NAMESPACES, escape

if TYPE_CHECKING:
    from docgen.writers.docx.package import Part

BUILD_PROPERTY: Final = "docgen-build"
MANIFEST_NAMESPACE: Final = "urn:docgen:manifest"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument."
_CUSTOM_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # MS-OLEPS, user-defined properties
_MANIFEST_ID = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, MANIFEST_NAMESPACE)).upper() + "}"
_MODERN_WORD = 15  # compatibility mode of Word 2013 and later: no "[Kompatibilitetstilstand]"


def add_properties(package: Part, document: Document, build_id: str) -> None:
    """Core properties (no person's name, and `Document.date` as the only date) and the build's id."""
    core = new_part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", _core(document))
    relate(package, f"{_PACKAGE}/relationships/metadata/core-properties", core)
    program = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>docgen</Application></Properties>'
    app = new_part("/docProps/app.xml", _TYPES + "extended-properties+xml", (DECLARATION + program).encode())
    relate(package, "extended-properties", app)
    custom = (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{_CUSTOM_PROPERTY_SET}" pid="2" name="{BUILD_PROPERTY}">'
        f"<vt:lpwstr>{escape(build_id)}</vt:lpwstr></property></Properties>"
    )
    own = new_part("/docProps/custom.xml", _TYPES + "custom-properties+xml", custom.encode())
    relate(package, "custom-properties", own)


def _core(document: Document) -> bytes:
    moment = f"{document.date.isoformat()}T00:00:00Z"
    values = (
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", document.author),
        ("cp:keywords", ", ".join(document.keywords)),
        ("cp:revision", "1"),
        ("dc:language", document.language),
        ("cp:version", document.version),
    )
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values if value)
        + f"{dates}</cp:coreProperties>"
    ).encode()


_BUILD = re.compile(rf'name="{BUILD_PROPERTY}"[^>]*>\s*<[^>]*>([0-9a-f]{{8}})<'.encode())
_MOST_PROPERTIES = 1_000_000  # bytes; a file that holds more is not one of ours


def read_build(data: bytes) -> str:
    """The build's id in a Word file, also one that Word has saved since; `""` where there is none. Reads anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("docProps/custom.xml") as part:
            found = _BUILD.search(part.read(_MOST_PROPERTIES))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error, EOFError):
        return ""
    return found[1].decode() if found else ""


class Manifest(Struct, frozen=True):
    """What leads a Word file home: the id of its build, its edition (`""` = not said), and its entries in JSON."""

    build: str
    edition: str
    entries: str


def add_manifest(main: Part, document: Document, manifest: Manifest) -> None:
    """The manifest (JSON) as a customXml part, which Word keeps when it saves (ECMA-376 Part 1 §15.2)."""
    edition = f' edition="{escape(manifest.edition)}"' if manifest.edition else ""
    item = (
        f'{DECLARATION}<manifest xmlns="{MANIFEST_NAMESPACE}" build="{escape(manifest.build)}" '
        f'document="{escape(document.id)}"{edition}>{escape(manifest.entries)}</manifest>'
    )
    properties = (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_MANIFEST_ID}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    part = new_part("/customXml/item1.xml", "application/xml", item.encode())
    relate(main, "customXml", part)
    relate(
        part,
        "customXmlProps",
        new_part("/customXml/itemProps1.xml", _TYPES + "customXmlProperties+xml", properties.encode()),
    )


def add_settings(main: Part, language: str, *, divide: bool) -> None:
    """Danish settings: decimal comma, list separator, hyphenation only where the theme divides words, and nothing that
    asks when the file is opened.

    The order of the elements is that of ECMA-376 §17.15.1.78.
    """
    uri = "http://schemas.microsoft.com/office/word"
    modes = {"compatibilityMode": _MODERN_WORD, "overrideTableStyleFontSizeAndJustification": 1}
    modes |= {"enableOpenTypeFeatures": 1, "doNotFlipMirrorIndents": 1, "differentiateMultirowTableHeaders": 1}
    colours = "".join(f' w:{name}="{name}"' for name in [f"accent{n}" for n in range(1, 7)] + list(_LINK_COLOURS))
    settings = (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="1304"/>'
        f'{_DIVIDES if divide else ""}<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        + "".join(f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in modes.items())
        + f'</w:compat><w:themeFontLang w:val="{escape(language)}"/>'
        f'<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"{colours}/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )
    relate(main, "settings", word_part("settings", "settings", settings.encode()))


_DIVIDES: Final = "<w:autoHyphenation/><w:doNotHyphenateCaps/>"
_LINK_COLOURS: Final = ("hyperlink", "followedHyperlink")
