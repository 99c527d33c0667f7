"""`docgen compare a.docx b.docx`: two Word files from anywhere, by their words; what is not compared is named."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from docgen.compare.entries import entries
from docgen.compare.redline import Sides
from docgen.compare.trees import Comparison, compare
from docgen.compare.word_files import Frame, tree_of_word
from docgen.content.content import Content
from docgen.files import read_file
from docgen.pipeline import theme_of
from docgen.problems import ContentError, Origin, Problem, WriterError
from docgen.project import Project
from docgen.readers.docx.document import WordFile, read_word
from docgen.readers.docx.unread import day_of, unread_parts
from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.writers.docx.carriers import WayHome
from docgen.writers.formats import Format, Writing

_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".ott", ".rtf", ".pages", ".wpd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "åbn den, og gem den som Word-dokument (.docx)"
_AROUND = "sidehoved og sidefod"
_ROOM = 100  # letters
_NO_DAY = datetime.date(2000, 1, 1)
_LOOKS = {"typografier og opsætning", "filens egenskaber", "skrift, farver, felter og placering i teksten"}
"""What any program writes anew when it saves a file."""


Show = Callable[[Comparison, Sides, str], Document]
"""What makes a document of a comparison."""


class ComparedFiles(Struct, frozen=True):
    """Two files that were compared: the comparison, what they are called, and the bytes that stand for both."""

    comparison: Comparison
    sides: Sides
    source: bytes


def is_word(name: str) -> bool:
    """Whether a name is that of a file that a word processor wrote."""
    return name.lower().endswith(_WORD)


def compare_files(old: Path, new: Path, project: Project, *, tables: bool = True) -> ComparedFiles:
    """Compares two Word files; nothing is written. `tables` as in `tree_of_word`.

    Raises ContentError where one of them cannot be read, is of another kind, or has no words.
    """
    before, now = _bytes_of(old), _bytes_of(new)
    read = [read_word(path.as_posix(), data) for path, data in ((old, before), (new, now))]
    day = day_of(new.as_posix(), now)
    trees = [tree_of_word(word, _frame(new, day, project.content), tables=tables) for word in read]
    unread = _unread(read[0], read[1], unread_parts(old.as_posix(), before), unread_parts(new.as_posix(), now))
    comparison = compare(*trees)
    if before != now and not entries(comparison) and not unread:
        unread = ("noget i filerne, som ikke er tekst",)
    names = [path.name for path in (old, new)]
    if names[0] == names[1]:
        names = [path.as_posix() for path in (old, new)]
    sums = [hashlib.sha256(data).hexdigest() for data in (before, now)]
    source = json.dumps({"comparison": dict(zip(("old", "new"), sums, strict=True))})
    tracked = tuple(_tracked(name, word) for name, word in zip(names, read, strict=True) if word.changes)
    return ComparedFiles(comparison, Sides(names[0], names[1], unread=unread, remarks=tracked), source.encode())


def write_files(
    old: Path, new: Path, project: Project, output: Path, formats: Sequence[Format], shown: Sequence[tuple[Show, str]]
) -> tuple[ComparedFiles, list[tuple[Path, bytes]]]:
    """Two Word files compared, and what is to be written of that: each of `shown` (what makes a document of a
    comparison, and how its name ends) in each format. A table that fits no page is written as lines of text there.

    Raises as `compare_files`, and WriterError where a format cannot show it.
    """
    compared = compare_files(old, new, project)
    build = hashlib.sha256(compared.source).hexdigest()[:8]
    stem = f"{_slug(old)}_{_slug(new)}"
    outputs: list[tuple[Path, bytes]] = []

    def written(show: Show, found: ComparedFiles, format: Format) -> bytes:
        document = show(found.comparison, found.sides, build)
        theme = theme_of(project, document)
        fonts = project.font_directories
        return format.begin(Writing(document, theme, project.template_files, lambda: found.source, fonts, WayHome()))()

    for show, ending in shown:
        for format in formats:
            try:
                data = written(show, compared, format)
            except WriterError:
                data = written(show, compare_files(old, new, project, tables=False), format)
            outputs.append((output / f"compare/word/{stem}{ending}.{format.name}", data))
    return compared, outputs


def _slug(path: Path) -> str:
    return re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or "fil"


def _bytes_of(path: Path) -> bytes:
    name = path.as_posix()
    try:
        data = read_file(path)
    except OSError:
        raise ContentError([Problem(Origin(name), "filen kan ikke læses", "tjek navnet")]) from None
    if data.startswith(_OLE) and _PASSWORD in data:
        hint = "åbn den, fjern adgangskoden, og gem den igen"
        raise ContentError([Problem(Origin(name), "filen er låst med en adgangskode", hint)])
    if data.startswith(_OLE):
        raise ContentError([Problem(Origin(name), "filen er i et gammelt Word-format", _SAVE_AS)])
    if not data:
        raise ContentError([Problem(Origin(name), "filen er tom", "tjek, at det er den rigtige fil")])
    if data.startswith(b"{\\rtf"):
        raise ContentError([Problem(Origin(name), "filen er i formatet RTF", _SAVE_AS)])
    return data


def _frame(path: Path, day: str, content: Content) -> Frame:
    settings = content.settings
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "fil"
    try:
        date = datetime.date.fromisoformat(day) if day else _NO_DAY
    except ValueError:
        date = _NO_DAY
    return Frame(f"word/{slug}", path.name, date, settings.language, str(settings.municipality.name))


def _short(words: Sequence[str]) -> str:
    """The words round the pages as a message has them."""
    text = " / ".join(words)
    return f"”{text if len(text) <= _ROOM else text[:_ROOM].rstrip() + ' …'}”" if text else "intet"


def _tracked(name: str, word: WordFile) -> str:
    count = len(word.changes)
    return f"{name} har {count} {'sporet ændring' if count == 1 else 'sporede ændringer'}, læst, som de er godkendt."


def _unread(old: WordFile, new: WordFile, before: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    """What is another in the two files and is not compared, the weightiest first."""
    other = [sort for sort in dict.fromkeys((*before, *now)) if before.get(sort) != now.get(sort)]
    told = sorted(sort for sort in other if sort not in (*_LOOKS, _AROUND))
    if old.around != new.around:
        told.insert(0, f"{_AROUND} (før: {_short(old.around)}, nu: {_short(new.around)})")
    elif _AROUND in other:
        told.insert(0, _AROUND)
    formulas = [any("en formel" in one.left_out for one in word.paragraphs) for word in (old, new)]
    if any(formulas) and "skrift, farver, felter og placering i teksten" in other:
        told.append("formler")
    if old.left_out or new.left_out:
        told.append("tekst fra en anden fil inde i Word-filen")
    return (*told, *sorted(sort for sort in other if sort in _LOOKS))
