"""What a page paints, and whether all of it is marked: as content of the structure tree, or as an artifact.

Content streams are looked through for the few operators that matter (ISO 32000-1, 14.6 and Annex A), not interpreted.
"""

from __future__ import annotations

import re
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject

from docgen.pdf_pages.entries import entry
from docgen.structs import Struct

# Possessive (`*+`), so that a broken stream is given up where it breaks and not tried in every way.
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_NAME = rb"[^\s/<>\[\]()%]++"
_TOKEN = re.compile(
    rb"(?s:%(string)s)|%%[^\r\n]*+|%(hex)s"
    rb"|/(?P<tag>%(name)s)\s*+(?:(?P<given><<(?:[^<>()]|%(hex)s|<<[^<>]*+>>|%(string)s)*+>>)|/(?P<named>%(name)s))\s*+BDC\b"
    rb"|/(?P<plain>%(name)s)\s*+BMC\b"
    rb"|/(?P<shown>%(name)s)\s++Do\b"
    rb"|(?<![\w/*])(?:(?P<end>EMC)|(?P<image>BI)|(?P<paint>T[jJ]|[SsFBbf]|[fBb]\*|sh))(?![\w*])"
    rb"|(?P<quote>(?<=[)>])\s*+['\"])" % {b"string": _STRING, b"hex": _HEX, b"name": _NAME}
)
_IMAGE_END = re.compile(rb"\sEI\b")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_MAX_DEPTH = 5


class Marks(Struct, frozen=True):
    """Where to look up what a content stream names: its resources; the marks that are in the tree, by the object number
    of the form that they are in (0: the page itself); and that of this stream."""

    resources: Any
    known: dict[int, set[int]]
    form: int = 0


def is_all_marked(data: bytes, marks: Marks, depth: int = _MAX_DEPTH) -> bool:
    """Whether everything that a content stream paints is marked as an artifact or with a mark that is in the tree."""
    inside: list[bool] = []
    place = 0
    while token := _TOKEN.search(data, place):
        place, kind = token.end(), token.lastgroup
        if kind == "image":
            if (end := _IMAGE_END.search(data, place)) is None:
                return False
            place = end.end()
        if kind in ("given", "named", "plain"):
            inside.append(_is_accounted_for(token, marks))
        elif kind == "end":
            if inside:
                inside.pop()
        elif (
            kind is not None
            and not any(inside)
            and not (kind == "shown" and _is_marked_form(token[kind], marks, depth))
        ):
            return False
    return True


def _is_accounted_for(token: re.Match[bytes], marks: Marks) -> bool:
    if (token["tag"] or token["plain"]) == b"Artifact":
        return True
    number: int | None = None
    if token["given"] and (found := _MCID.search(token["given"])):
        number = int(found[1])
    elif token["named"]:
        named = entry(entry(marks.resources, "/Properties") or {}, "/" + token["named"].decode("latin-1"))
        number = entry(named, "/MCID") if isinstance(named, DictionaryObject) else None
    return number is not None and number in marks.known.get(marks.form, ())


def _is_marked_form(name: bytes, marks: Marks, depth: int) -> bool:
    """Whether a form that is shown outside all marks has marks of its own; a picture has none."""
    forms = entry(marks.resources, "/XObject")
    key = "/" + name.decode("latin-1")
    if not depth or not isinstance(forms, DictionaryObject) or key not in forms:
        return False
    reference = forms.raw_get(key)
    form: Any = reference.get_object()
    if entry(form, "/Subtype") != "/Form" or not isinstance(reference, IndirectObject):
        return False
    resources = entry(form, "/Resources") or marks.resources
    return is_all_marked(form.get_data(), Marks(resources, marks.known, reference.idnum), depth - 1)
