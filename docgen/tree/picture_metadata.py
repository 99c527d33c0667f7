"""Pictures without what is not seen of them: who made them, where and when, with what, and what they showed before."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docgen.photographs import drawn_jpeg, drawn_png

if TYPE_CHECKING:
    from lxml import etree

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_UNSEEN = {"metadata", "title", "desc"}
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_DATA = re.compile(r"data:(image/[a-z+]+);base64,(.*)", re.DOTALL)


@lru_cache(maxsize=32)
def without_metadata(data: bytes, media_type: str) -> bytes:
    """A picture (PNG, JPEG or SVG) that looks the same and tells nothing else; the same bytes where it tells nothing.

    Colour profiles go, too; how a photograph is turned stays.
    """
    if media_type == "image/png":
        return drawn_png(data)
    if media_type == "image/jpeg":
        return drawn_jpeg(data)
    return _clean_svg(data)


def _clean_svg(data: bytes) -> bytes:
    from lxml import etree  # loaded only for a drawing

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    telling = [element for element in root.iter() if _tells(element)]
    if not telling and root.getprevious() is None and root.getnext() is None and b"<?xml-" not in data:
        return data
    for element in telling:
        _clean_element(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


def _tells(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    namespace, _, name = element.tag.rpartition("}")
    return (
        namespace != "{" + _SVG
        or name in _UNSEEN
        or (name == "style" and "/*" in "".join(map(str, element.itertext())))
        or any(_tells_by(str(key), str(value)) for key, value in element.attrib.items())
    )


def _tells_by(name: str, value: str) -> bool:
    namespace, _, local = name.rpartition("}")
    known = namespace in ("", "{" + _XLINK, "{" + _XML)
    return not known or local.startswith(("data-", "aria-")) or "/*" in value or value.startswith("data:image")


def _clean_element(element: etree._Element) -> None:
    """Takes out of a drawing what an element tells beside what is drawn."""
    parent = element.getparent()
    namespace, _, name = str(element.tag).rpartition("}")
    if not isinstance(element.tag, str) or namespace != "{" + _SVG or name in _UNSEEN:
        if parent is not None:
            _remove(element, parent)
        return
    if name == "style":
        element.text = _CSS_COMMENT.sub("", "".join(map(str, element.itertext())))
    for key, value in list(element.attrib.items()):
        if not _tells_by(str(key), str(value)):
            continue
        if (inner := _DATA.fullmatch(str(value))) is not None:
            picture = base64.b64encode(without_metadata(base64.b64decode(inner[2]), inner[1])).decode()
            element.set(key, f"data:{inner[1]};base64,{picture}")
        elif "/*" in str(value):
            element.set(key, _CSS_COMMENT.sub("", str(value)))
        else:
            del element.attrib[key]


def _remove(element: etree._Element, parent: etree._Element) -> None:
    """Removes an element, and not the words that follow it."""
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
