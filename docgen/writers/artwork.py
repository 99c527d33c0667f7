"""The pictures of a theme: its icons, its logo and what covers a title page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.problems import Problem
from docgen.structs import Struct, field
from docgen.tree import document as tree
from docgen.tree.document import Document
from docgen.writers.theme import FOLDER, Theme

ICONS = f"{FOLDER}icons/"
_FORMATS = {".svg": "svg", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}
_MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


class Picture(Struct, frozen=True):
    """A file of the theme: its bytes, its format (`svg`, `png`, `jpg`), and what it says to those who cannot see it."""

    data: bytes
    format: str
    alt: str = ""

    @property
    def media_type(self) -> str:
        """The format as the web calls it."""
        return _MEDIA_TYPES[self.format]


class Artwork(Struct, frozen=True):
    """What of a theme's pictures a document shows; `icons` are SVG by name, whose colour is `currentColor`."""

    icons: Mapping[str, str] = field(default_factory=dict)
    logo: Picture | None = None
    logo_on_dark: Picture | None = None
    cover: Picture | None = None
    cover_credit: str = ""


def artwork_of(document: Document, theme: Theme, files: Mapping[str, bytes]) -> Artwork:
    """The pictures for a document, from the files of the templates folder; one that is not there is left out."""
    names = sorted({str(icon) for icon, _ in _icons(document)})
    found = {name: files[f"{ICONS}{name}.svg"] for name in names if f"{ICONS}{name}.svg" in files}
    logo, cover = theme.logo, theme.cover
    return Artwork(
        icons={name: data.decode("utf-8", "replace") for name, data in found.items()},
        logo=_picture(logo.file, logo.alt, files) if logo else None,
        logo_on_dark=_picture(logo.on_dark or logo.file, logo.alt, files) if logo else None,
        cover=_picture(cover.file, "", files) if cover else None,
        cover_credit=str(cover.credit) if cover else "",
    )


def missing_icons(document: Document, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """A Problem for each icon that the theme does not have, where it was written."""
    known = [path.removeprefix(ICONS).removesuffix(".svg") for path in files if path.startswith(ICONS)]
    told: set[str] = set()
    for icon, node in _icons(document):
        if icon in known or icon in told:
            continue
        told.add(icon)
        hint = meant(icon, known, f"læg {icon}.svg i templates/{ICONS.rstrip('/')}")
        yield Problem(place_of(icon, node.origin), f"der er intet ikon '{icon}' i temaet", hint)


def _icons(document: Document) -> Iterator[tuple[str, tree.Node]]:
    for node in tree.walk(document):
        if isinstance(node, tree.Division | tree.ListItem) and node.icon:
            yield node.icon, node


def _picture(name: str, alt: str, files: Mapping[str, bytes]) -> Picture | None:
    data = files.get(f"{FOLDER}{name}")
    format = _FORMATS.get(PurePosixPath(name).suffix)
    return Picture(data, format, str(alt)) if data is not None and format is not None else None
