"""What a line of Markdown begins with, where that makes it more than words of the paragraph that it is in.

Whoever writes into a text that somebody else wrote must know it: words that are to be words must not become a point or
a caption, and a line that is one must not be joined to the line above it.
"""

from __future__ import annotations

import re

CAPTIONS = r"Tabel|Figur"
SOURCES = r"Kilde|Kilder|Note|Anm\.|Foto|Fotos|Fotograf|Illustration|Tegning|Grafik"
LABELS = rf"(?:{CAPTIONS}|{SOURCES}):"
"""What makes a line the caption of a table or figure, or its source."""
LABEL_WORDS = frozenset(f"{CAPTIONS}|{SOURCES}".replace(r"\.", "").split("|"))
MARKER = r"(?:[-+*]|\d+[.)])"
"""What a point of a list begins with."""

ITEM = re.compile(rf"[ \t]*{MARKER}[ \t]+")
"""A point of a list, however far it is set in."""
FIRST_ITEM = re.compile(rf" {{0,3}}{MARKER}\s")
"""A point of a list that is in no other."""
FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ALONE = rf"#|>|\||`{{3}}|~{{3}}|:|[-=_*]{{3,}}\s*$|{LABELS}"
STANDS_ALONE = re.compile(rf"\s*(?:{_ALONE})")
"""A line that the next one does not go on in: a heading, a row of a table, a caption."""
STARTS_BLOCK = re.compile(rf"\s*(?:{MARKER}\s|\[\^|{_ALONE})")
"""A line that does not go on in the one before it."""
MADE_BLOCK = re.compile(rf"(\s*)(?:([-+#>:])|(\d+)([.)])|({LABELS}))")
"""What words begin with that a line would be a block for, if they stood first in it."""
