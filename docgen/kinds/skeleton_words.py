"""What the skeletons of new documents share: who comes first in the register, and a text in quotation marks."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.organisation import Body


def first_body(content: Content, kind: str, day: datetime.date) -> str:
    """The id of the first body of a kind in the register that is valid on a day; a word to replace where none is."""
    found: list[Body] = [body for body in content.organisation.bodies if body.kind == kind and body.is_valid(day)]
    return str(found[0].id) if found else f"udfyld-{kind}"


def quoted(text: str) -> str:
    """A text as YAML in double quotation marks, on one line."""
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
