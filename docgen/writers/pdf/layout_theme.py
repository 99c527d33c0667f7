"""Theme -> what the layout program reads of it, as `layout_contract` has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docgen.content.fields import without_places
from docgen.tree.document import Document
from docgen.writers.artwork import Picture, artwork_of
from docgen.writers.pdf import layout_contract as layout
from docgen.writers.theme import Theme

SOURCE_DESCRIPTION = "Dokumentets kilde: indhold og skabeloner, som det er bygget af"


def theme_data(theme: Theme, document: Document, files: Mapping[str, bytes]) -> layout.ThemeData:
    """The look of a document; `files` is the templates folder, where its pictures are."""
    words, hyphenation = theme.words, theme.hyphenation
    artwork = artwork_of(document, theme, files)
    return layout.ThemeData(
        colours=without_places(theme.colours),
        fonts=without_places(theme.fonts),
        page=without_places(theme.page),
        sizes=without_places(theme.sizes),
        page_number=[part for part in re.split(r"(\{pages?\})", words.page_number) if part],
        fingerprint=words.draft_fingerprint.replace("{fingerprint}", document.fingerprint),
        divide=hyphenation.divide,
        keep_whole=_keep_whole(hyphenation.keep_whole) if hyphenation.divide else "",
        source_description=SOURCE_DESCRIPTION,
        palette=[str(colour) for colour in theme.palette or (theme.colours.accent,)],
        shade=theme.shade,
        icons=dict(artwork.icons),
        logo_on_dark=_picture(artwork.logo_on_dark),
        cover=_picture(artwork.cover),
        cover_credit=artwork.cover_credit,
    )


def file_as_json(data: bytes) -> str | list[int]:
    """A file as JSON can hold it; the layout program makes bytes of either."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return list(data)


def _picture(picture: Picture | None) -> layout.PictureData | None:
    return layout.PictureData(picture.format, file_as_json(picture.data), picture.alt) if picture else None


def _keep_whole(patterns: Sequence[str]) -> str:
    """One regular expression for whole words that must not be divided; `*` in a pattern is any letters."""
    words = [re.escape(pattern).replace(r"\*", r"[\p{L}-]*") for pattern in patterns]
    return rf"(?i)\b(?:{'|'.join(words)})\b" if words else ""
