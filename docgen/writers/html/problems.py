"""What may not be written as a page -> Problems at the place in the content where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.problems import Problem
from docgen.tree.document import Document, Figure, Link, NoteReference, lines, walk, walk_inlines

_MEDIA_TYPES = ("image/svg+xml", "image/png", "image/jpeg")
_SCHEMES = ("https:", "http:", "mailto:", "tel:")


def problems_of(document: Document) -> Iterator[Problem]:
    """What a page cannot show: an anchor used twice, a picture of another kind, a link to nothing, a note that is not
    there."""
    anchors: set[str] = set()
    for node in walk(document):
        if node.anchor and node.anchor in anchors:
            yield Problem(node.origin, f"ankeret '{node.anchor}' findes to gange", "giv det ene et andet id")
        anchors.add(node.anchor)
        if isinstance(node, Figure) and node.media_type not in _MEDIA_TYPES:
            yield Problem(node.origin, f"billedet er af typen '{node.media_type}'", "brug SVG, PNG eller JPEG")
    for node in walk(document):
        for inline in walk_inlines(inline for line in lines(node) for inline in line):
            match inline:
                case Link(target=target) if target.startswith("#"):
                    if target == "#" or target[1:] not in anchors:
                        yield Problem(node.origin, f"linket '{target}' peger på noget, der ikke findes i dokumentet")
                case Link(target=target) if not target.lower().startswith(_SCHEMES):
                    hint = "brug https:, http:, mailto: eller tel:"
                    yield Problem(node.origin, f"linket '{target}' kan ikke bruges på en webside", hint)
                case NoteReference(number) if not 1 <= number <= len(document.notes):
                    yield Problem(node.origin, f"der er ingen note {number}", "skriv noten, eller fjern henvisningen")
