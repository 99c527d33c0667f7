"""The finished parts of one document, put together into a Word file."""

from __future__ import annotations

from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.writers.docx.package import Relationships, canonical_bytes, new_package, new_part, relate, word_part
from docgen.writers.docx.properties import Manifest, add_manifest, add_properties, add_settings
from docgen.writers.docx.reference import Base
from docgen.writers.docx.xml import DECLARATION, NAMESPACES, run_of


class Story(Struct, frozen=True, kw_only=True):
    """One text of the file (the body, or the footnotes) as WordprocessingML, with its own relationships."""

    xml: str
    links: Relationships


def assemble(
    document: Document, base: Base, body: Story, notes: Story, numbering: bytes, manifest: Manifest, *, divide: bool
) -> bytes:
    """The canonical bytes of the file. `body` holds the blocks and the section, `notes` the `w:footnote` elements;
    `divide` says that Word divides words at line ends."""
    text = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body.xml}</w:body></w:document>"
    main = word_part("document", "document.main", text.encode())
    body.links.attach(main)
    relate(main, "styles", word_part("styles", "styles", base.styles_xml))
    relate(main, "numbering", word_part("numbering", "numbering", numbering))
    footnotes = word_part("footnotes", "footnotes", _footnotes(notes.xml))
    notes.links.attach(footnotes)
    relate(main, "footnotes", footnotes)
    if base.theme:
        kind = "application/vnd.openxmlformats-officedocument.theme+xml"
        relate(main, "theme", new_part("/word/theme/theme1.xml", kind, base.theme))
    add_settings(main, document.language, divide=divide)
    add_manifest(main, document, manifest)
    package = new_package(main)
    add_properties(package, document, manifest.build)
    return canonical_bytes(package)


def _footnotes(notes: str) -> bytes:
    """The footnotes part with the two separators that Word wants in it (ECMA-376 §17.11.10)."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
        f"{run_of(f'<w:{kind}/>')}</w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f"{DECLARATION}<w:footnotes {NAMESPACES}>{separators}{notes}</w:footnotes>".encode()
