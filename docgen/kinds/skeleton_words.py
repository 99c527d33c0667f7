"""What the skeletons of new documents share: who comes first in the register, and a text in quotation marks."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.fields import WrongValueError
from docgen.content.organisation import Body


def first_body(content: Content, kind: str, day: datetime.date) -> str:
    """The id of the first body of a kind in the register that is valid on a day. Raises WrongValueError where none
    is."""
    found: list[Body] = [body for body in content.organisation.bodies if body.kind == kind and body.is_valid(day)]
    if not found:
        what = "udvalg" if kind == "committee" else "forvaltning"
        shown = f"organisation.yaml har {'intet' if kind == 'committee' else 'ingen'} {what}, der gælder den {day}"
        raise WrongValueError(shown, f"tilføj kind: {kind}, eller ret valid_from og valid_to")
    return str(found[0].id)


def quoted(text: str) -> str:
    """A text as YAML in double quotation marks, on one line."""
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
