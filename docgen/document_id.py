"""The name of a document, parsed once: its kind, its own name, and which rendering of it where it has several."""

from __future__ import annotations

from docgen.structs import Struct


class DocumentId(Struct, frozen=True, order=True):
    """`case/x`, or `case/x/oekonomiudvalget`: one of the renderings of a document that is written out several times.

    Ordered as it is sorted in lists: by kind, name and rendering.
    """

    kind: str
    name: str
    rendering: str = ""

    def __str__(self) -> str:
        """The id as people write it."""
        return "/".join(part for part in (self.kind, self.name, self.rendering) if part)

    @property
    def document(self) -> DocumentId:
        """The document itself, whatever the rendering."""
        return DocumentId(self.kind, self.name) if self.rendering else self


def parse_id(text: str) -> DocumentId:
    """The id that a text is. Raises ValueError for one that is none."""
    kind, _, rest = text.partition("/")
    name, _, rendering = rest.partition("/")
    if not kind or not name or "/" in rendering:
        raise ValueError(text)
    return DocumentId(kind, name, rendering)
