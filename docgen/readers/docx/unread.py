"""What a Word file has besides the words of its text: each sort of it as a sum, so that two files can be told apart."""

from __future__ import annotations

import hashlib
import re

from docgen.readers.docx.package import Package, open_package

_SORTS = (
    (r"word/media/", "billeder"),
    (r"word/(?:header|footer)", "sidehoved og sidefod"),
    (r"word/comments|word/people", "kommentarer"),
    (r"word/(?:charts|diagrams|drawings|ink)", "diagrammer og tegninger"),
    (r"word/(?:embeddings|activeX|afchunk)|word/[^/]+\.(?:html?|mht|rtf|docx)$", "indlejrede filer"),
    (r"word/(?:styles|theme|fontTable|settings|numbering|webSettings|fonts)", "typografier og opsætning"),
    (r"word/(?:document|footnotes|endnotes)[^/]*\.xml$", "skrift, farver, felter og placering i teksten"),
    (r"docProps/|customXml/|docMetadata/", "filens egenskaber"),
    (r"\[Content_Types\]|.*\.rels$", ""),
)
OTHER = "andre dele af filen"
_DAY = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d{2}-\d{2})")


def unread_parts(name: str, data: bytes) -> dict[str, str]:
    """A sum of each sort of thing that a Word file has besides its words, by what it is called.

    Nothing is unpacked: the sums that the file itself keeps of its parts are compared. Raises ContentError where it is
    no Word file.
    """
    found: dict[str, list[str]] = {}
    with open_package(name, data) as package:
        for path, size, checksum in package.sums():
            sort = next((sort for pattern, sort in _SORTS if re.match(pattern, path)), OTHER)
            if sort and size:
                found.setdefault(sort, []).append(f"{size}:{checksum:08x}")
    return {sort: hashlib.sha256(" ".join(sorted(sums)).encode()).hexdigest() for sort, sums in found.items()}


def day_of(name: str, data: bytes) -> str:
    """The day on which a Word file says that it was last changed (`2025-06-01`); empty where it does not. Raises as
    `unread_parts`."""
    with open_package(name, data) as package:
        return _day(package)


def _day(package: Package) -> str:
    path = "docProps/core.xml"
    found = _DAY.search(package.data(path)) if path in package.names else None
    return found[1].decode() if found else ""
