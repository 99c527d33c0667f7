"""A Word file from anywhere as parts (ECMA-376 part 2): opened as data, with limits, by what it says of itself.

Word, LibreOffice and Word on the web name their parts differently, so the package is asked (`word/document2.xml`). A
file in the strict form (ISO 29500-1) is read as one in the usual form (ECMA-376 part 4).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SAVE_AGAIN = "gem den igen fra det program, der lavede den"
SAVE_AS = "åbn den, og gem den som Word-dokument (.docx)"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_MAIN = "word/document.xml"
_MOST_RELATIONS = 5_000_000  # bytes
_MOST_XML = 50_000_000  # bytes of all parts that are read, unpacked
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)


class Relation(Struct, frozen=True):
    """What a part is related to: the last word of the relation's type, its id, and the path or address it leads to."""

    kind: str
    id: str
    target: str
    external: bool


class Package:
    """The parts of a Word file; `main` is the path of its document. Use `open_package`."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name, self._archive, self._left = name, archive, _MOST_XML
        self.names = frozenset(archive.namelist())
        self.main = next((one.target for one in self.relations("") if one.kind == "officeDocument"), _MAIN)
        if self.main not in self.names:
            raise refused(name, "filen er ikke et Word-dokument", "giv en .docx")

    def data(self, path: str) -> bytes:
        """The bytes of a part. Raises ContentError where all that was read is more than a document has."""
        archive = self._archive
        with archive.open(path) as stream:
            data = stream.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise refused(self.name, "filen fylder for meget, når den er pakket ud", "del dokumentet")
        return data

    def sums(self) -> Iterator[tuple[str, int, int]]:
        """The path, size and checksum of each part, as the file says; nothing is unpacked."""
        yield from ((one.filename, one.file_size, one.CRC) for one in self._archive.infolist() if not one.is_dir())

    def root(self, path: str) -> etree._Element:
        """A part as XML in the usual form. Raises ContentError where it is none."""
        data = self.data(path)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        try:
            return etree.fromstring(data, xml_parser())
        except etree.XMLSyntaxError:
            raise refused(self.name, f"delen {path} er ikke gyldig XML") from None

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part is related to (`""`: the package); nothing where that cannot be read."""
        folder, _, file = part.rpartition("/")
        path = f"{folder}/_rels/{file}.rels".lstrip("/")
        archive = self._archive
        if path not in self.names:
            return
        with archive.open(path) as stream:
            xml = stream.read(_MOST_RELATIONS)
        try:
            root = etree.fromstring(xml, xml_parser())
        except etree.XMLSyntaxError:
            return
        for one in root.iter("{*}Relationship"):
            target, external = one.get("Target", ""), one.get("TargetMode") == "External"
            if not external:
                whole = target if target.startswith("/") else f"{folder}/{target}"
                target = posixpath.normpath(whole).lstrip("/")
            yield Relation(one.get("Type", "").rpartition("/")[2], one.get("Id", ""), target, external)

    def related(self, *kinds: str) -> list[str]:
        """The parts of some kinds that the document is related to and that are there, in order."""
        found = [one.target for one in self.relations(self.main) if one.kind in kinds and not one.external]
        return [path for path in dict.fromkeys(found) if path in self.names]


def _check_kind(name: str, archive: zipfile.ZipFile) -> None:
    """Raises ContentError for a ZIP file of another program, by its own name, and for one with macros."""
    names = archive.namelist()
    if "mimetype" in names and archive.read("mimetype")[:100].startswith(b"application/vnd.oasis.opendocument"):
        raise refused(name, "filen er et OpenDocument-dokument", SAVE_AS)
    if "word/vbaProject.bin" in names or name.lower().endswith((".docm", ".dotm")):
        raise refused(name, "filen er et Word-dokument med makroer", SAVE_AS)


@contextmanager
def open_package(name: str, data: bytes) -> Iterator[Package]:
    """The parts of a Word file while they are read; `name` is the file's name in messages.

    Raises ContentError where it is none, or is broken, also while it is read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_kind(name, archive)
        yield Package(name, archive)
    except _FAULTS:
        raise refused(name, "filen er ikke en hel Word-fil") from None


def refused(name: str, what: str, hint: str = SAVE_AGAIN) -> ContentError:
    """That a file cannot be read, and what would be right."""
    return ContentError([Problem(Origin(name), what, hint)])


def xml_parser() -> etree.XMLParser:
    """A parser that fetches nothing, opens no entity and holds to lxml's limits."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
