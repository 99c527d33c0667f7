"""From content, Word files, PDFs and plain text to the passages that are read. Whatever is given is read as data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from lxml import etree

from docgen.content.scalar import Scalar
from docgen.content.unfilled import is_unfilled
from docgen.content.yaml_values import Map, Sequence
from docgen.problems import ContentError, Origin
from docgen.proofing.rule import Passage
from docgen.readers.docx.package import SAVE_AS, Package, W, open_package, refused
from docgen.structs import replace

_NOT_PROSE = {
    "avoid",
    "id",
    "version",
    "date",
    "file",
    "document",
    "kind",
    "status",
    "role",
    "body",
    "website",
    "reports_on",
    "short",
}
DELETED = "deleted"
"""The key of a passage that a Word file shows as deleted: of interest to those who guard privacy alone."""
VERBATIM = "verbatim"
"""The key of a passage that others said for the minutes or moved at a meeting: of interest to those who guard privacy
alone."""
_OTHERS = ("statements", "amendments")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97-2003, and of a .docx with a password
_WORD_PARTS = ("document", "footnotes", "endnotes", "comments", "header", "footer")
UNREAD_ENDINGS = (".doc", ".dot", ".docm", ".dotx", ".dotm", ".odt", ".rtf", ".pages", ".wpd")
"""Endings of files with text that must be saved as another kind first."""
_MOST_PAGES = 3000
_LONGEST_WORD = 1000
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_WORD}}}")


def content_passages(
    path: str, read: Map, verbatim: Collection[str] = (), *, adopted: bool = False
) -> tuple[Passage, ...]:
    """Every text of a YAML file as it was read, with its key; `path` is its name in messages, and `verbatim` are the
    ids of the sections of what is moved that have the movers' own words. What is `adopted` is so word by word."""
    found = tuple(_texts(read, path, "", verbatim if "moved_by" in read else ()))
    return tuple(_as_adopted(one) for one in found) if adopted else found


def _as_adopted(passage: Passage) -> Passage:
    return passage if is_unfilled(passage.text) else replace(passage, key=VERBATIM)


def _texts(value: object, file: str, key: str, verbatim: Collection[str], *, others: bool = False) -> Iterator[Passage]:
    """`others` says that it is a part of what others said or moved, whose words are printed as they are."""
    if isinstance(value, Map):
        others = others or (key == "sections" and str(value.get("id")) in verbatim)
        for name, inner in value.items():
            yield from _texts(inner, file, name, verbatim, others=others or name in _OTHERS)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner, file, key, verbatim, others=others)
    elif isinstance(value, Scalar) and (key not in _NOT_PROSE or is_unfilled(value)):
        are_others = others and key == "text" and not is_unfilled(value)
        yield Passage(str(value), file, key=VERBATIM if are_others else key, scalar=value)


def file_passages(name: str, data: bytes) -> tuple[Passage, ...]:
    """Every text of a file from elsewhere, by what it is: Word, PDF, or plain text. Raises ContentError otherwise."""
    passages = tuple(_in_pieces(_read(name, data)))
    if all(passage.key == "property" for passage in passages):
        raise refused(
            name, "der er ingen tekst at læse i filen", "tjek, at det er den rigtige fil, og at den ikke er tom"
        )
    return passages


def _read(name: str, data: bytes) -> Iterator[Passage]:
    lowered = name.lower()
    if data.startswith(_OLE):
        raise refused(name, "filen er i et gammelt Word-format, eller den har en adgangskode", SAVE_AS)
    if data.startswith(b"{\\rtf"):
        raise refused(name, "filen er i formatet RTF", SAVE_AS)
    if data.startswith(b"PK") or lowered.endswith((".docx", ".docm")):
        return _word(name, data)
    if data.startswith(b"%PDF-") or lowered.endswith(".pdf"):
        return _pdf(name, data)
    if lowered.endswith((".txt", ".md")):
        return _plain(name, data)
    hint = SAVE_AS if lowered.endswith(UNREAD_ENDINGS) else "giv en .docx, .pdf, .txt eller .md"
    raise refused(name, "docgen kan ikke læse den slags filer", hint)


def _in_pieces(passages: Iterable[Passage]) -> Iterator[Passage]:
    """What has no blank for long is data and no prose; it is read a piece at a time, for rules look far for a blank."""
    for passage in passages:
        if _UNBROKEN.search(passage.text) is None:
            yield passage
            continue
        for start in range(0, len(passage.text), _LONGEST_WORD):
            yield Passage(passage.text[start : start + _LONGEST_WORD], passage.file, passage.place, "piece")


# -- Word -------------------------------------------------------------------------------------------------------


def _word(name: str, data: bytes) -> Iterator[Passage]:
    """Paragraphs of all parts that hold words: also notes, headers, comments, hidden and tracked text, properties."""
    with open_package(name, data) as package:
        others = (part for part in package.names if _has_words(part))
        for part in sorted({package.main, *package.related(*_WORD_PARTS), *others}):
            yield from _paragraphs(name, part, package)


def _has_words(part: str) -> bool:
    if part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        return True
    folder, _, file = part.partition("/")
    return folder == "word" and file.endswith(".xml") and file.startswith(_WORD_PARTS)


def _paragraphs(name: str, part: str, package: Package) -> Iterator[Passage]:
    root = package.root(part)
    if part.startswith("docProps/"):
        for element in root.iter():
            if isinstance(element.tag, str) and element.text and element.text.strip():
                label = etree.QName(element).localname
                yield Passage(element.text, name, f"egenskaben {label}", key="property")
        return
    if next(root.iter("{*}altChunk"), None) is not None:
        raise refused(name, "filen henter en del af sin tekst fra en anden fil inde i sig")
    kind = "document" if part == package.main else part.rpartition("/")[2].removesuffix(".xml")
    what = "" if kind == "document" else f"{_part_name(kind)}, "
    cells = _cells(root) if kind == "document" else {}
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        for key, text in ((kind, _text(paragraph, False)), (DELETED, _text(paragraph, True))):
            if text.strip():
                place = "slettet tekst i " if key == DELETED else ""
                shown = f"{place}{what}afsnit {number}: {_begin(text)}"
                yield Passage(text, name, shown, key, None, cells.get(paragraph), _depth(paragraph))


def _cells(root: etree._Element) -> dict[etree._Element, tuple[int, int, int]]:
    """The paragraphs of tables by their table, row and column; of none whose cells are joined or hold tables, where a
    column is not one."""
    found: dict[etree._Element, tuple[int, int, int]] = {}
    for number, table in enumerate(root.iter(f"{W}tbl")):
        if next(table.iter(f"{W}gridSpan", f"{W}vMerge"), None) is not None or len(list(table.iter(f"{W}tbl"))) > 1:
            continue
        for row, line in enumerate(table.iter(f"{W}tr")):
            for column, cell in enumerate(line.iter(f"{W}tc")):
                found |= dict.fromkeys(cell.iter(f"{W}p"), (number, row, column))
    return found


_LISTS = re.compile(r"List(?:Bullet|Number)|Opstilling")


def _depth(paragraph: etree._Element) -> int:
    """How deep in a list a paragraph is an item: by its own numbering, or by a style that Word has for lists."""
    found = paragraph.find(f"{W}pPr/{W}numPr")
    if found is not None:
        number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
        if number is not None and number.get(f"{W}val") == "0":
            return 0
        said = level.get(f"{W}val", "0") if level is not None else "0"
        return int(said) + 1 if said.isdecimal() else 1
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return int(style is not None and _LISTS.match(style.get(f"{W}val", "")) is not None)


_READ = tuple(f"{W}{name}" for name in ("t", "delText", "tab", "br"))
_TEXT = frozenset((f"{W}t", f"{W}delText"))
_PARAGRAPH = frozenset((f"{W}p",))
_DELETIONS = frozenset((f"{W}del", f"{W}moveFrom", f"{W}delText"))


def _text(paragraph: etree._Element, deleted: bool) -> str:
    """A paragraph's own words: those that stand, or those that are deleted with changes tracked."""
    found: list[str] = []
    for element in paragraph.iter(*_READ):
        above: set[object] = set()
        for parent in element.iterancestors():
            if parent.tag in _PARAGRAPH:
                break
            above.add(parent.tag)
        is_deleted = element.tag in _DELETIONS or not _DELETIONS.isdisjoint(above)
        if parent is paragraph and is_deleted == deleted:
            found.append((element.text or "") if element.tag in _TEXT else " ")
    return "".join(found)


def _part_name(kind: str) -> str:
    names = {"footnotes": "fodnoter", "endnotes": "slutnoter", "comments": "kommentarer"}
    return names.get(kind, "sidehoved" if kind.startswith("header") else "sidefod")


def _begin(text: str) -> str:
    words = " ".join(text.split()[:6])
    return f"”{words} …”" if len(text.split()) > 6 else f"”{words}”"


# -- PDF and plain text -----------------------------------------------------------------------------------------


def _pdf(name: str, data: bytes) -> Iterator[Passage]:
    from docgen.pdf_pages.open import check_annex, open_annex

    if problems := tuple(check_annex(name, data, Origin(name))):
        raise ContentError(problems)
    try:
        reader = open_annex(data)
        for key, value in (reader.metadata or {}).items():
            yield Passage(str(value), name, f"egenskaben {str(key).lstrip('/')}", key="property")
        silent = True
        for number, page in enumerate(reader.pages[:_MOST_PAGES], 1):
            for paragraph in page.extract_text().split("\n\n"):
                if paragraph.strip():
                    silent = False
                    yield Passage(" ".join(paragraph.split()), name, f"side {number}: {_begin(paragraph)}", key="page")
    except Exception:  # pypdf raises whatever a broken page leads it into
        raise refused(name, "PDF-filens tekst kan ikke læses") from None
    if silent:
        hint = "kør tekstgenkendelse (OCR) på den, og tjek den så"
        raise refused(name, "PDF-filen har ingen ord, kun billeder, så der er intet at læse korrektur på", hint)


def _plain(name: str, data: bytes) -> Iterator[Passage]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Passage(line, name, f"linje {number}", key=str(number))


def annex_files(files: Mapping[str, bytes]) -> list[str]:
    """The PDFs from elsewhere in a content folder."""
    return sorted(path for path in files if path.startswith("annexes/") and path.lower().endswith(".pdf"))
