"""What Word refuses or repairs without explanation: ids, relationships, content types, the order of elements."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.support.docx_reading import R, W, docx_parts

_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textDirection textAlignment outlineLvl rPr "
    "sectPr",
    "rPr": "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike noProof vanish color spacing w kern "
    "position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "pBdr": "top left bottom right between bar",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "settings": "zoom defaultTabStop autoHyphenation doNotHyphenateCaps characterSpacingControl footnotePr compat "
    "themeFontLang clrSchemeMapping "
    "decimalSymbol listSeparator",
    "styles": "docDefaults latentStyles style",
}
"""Children in the order of ECMA-376 Part 1 (transitional); what is not listed must not be there."""


def word_problems(data: bytes) -> list[str]:
    """Everything that Word would stumble over, one line each; empty = nothing."""
    parts = docx_parts(data)
    roots = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    found = [f"{name}: {problem}" for name, root in roots.items() for problem in _order_problems(root)]
    return [*found, *_relationship_problems(parts, roots), *_type_problems(parts, roots), *_id_problems(roots)]


def _order_problems(root: etree._Element) -> Iterator[str]:
    for element in root.iter(*(W + name for name in _ORDERS)):
        order = _ORDERS[str(element.tag).removeprefix(W)].split()
        names = [str(child.tag).removeprefix(W) for child in element]
        unknown = [name for name in names if name not in order]
        places = [order.index(name) for name in names if name in order]
        if unknown or places != sorted(places):
            yield f"{element.tag!s}: {' '.join(names)}"
    for cell in root.iter(W + "tc"):
        if not len(cell) or cell[-1].tag != W + "p":
            yield "a cell does not end with a paragraph"
    for control in root.iter(W + "sdt"):
        yield f"a content control: {control.tag!s}"


def _relationship_problems(parts: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    for name, root in roots.items():
        if not name.endswith(".rels"):
            used = {value for element in root.iter() for key, value in element.attrib.items() if str(key).startswith(R)}
            folder, file = posixpath.split(name)
            own = roots.get(f"{folder}/_rels/{file}.rels")
            known = set() if own is None else {one.get("Id") for one in own}
            yield from (f"{name}: {missing} is no relationship" for missing in used - known)
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in root:
            target = posixpath.normpath(posixpath.join("/" + folder, one.get("Target", ""))).lstrip("/")
            if one.get("TargetMode") != "External" and target not in parts:
                yield f"{name}: {target} is missing"
        if len({one.get("Id") for one in root}) != len(root):
            yield f"{name}: an id is there twice"


def _type_problems(parts: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    named = {one.get("PartName") for one in types} | {
        "." + one.get("Extension", "") for one in types if one.get("Extension")
    }
    for name in parts:
        if name != "[Content_Types].xml" and not named & {"/" + name, "." + name.rpartition(".")[2]}:
            yield f"{name} has no content type"


def _id_problems(roots: dict[str, etree._Element]) -> Iterator[str]:
    starts = [one for root in roots.values() for one in root.iter(W + "bookmarkStart")]
    ends = [one.get(W + "id") for root in roots.values() for one in root.iter(W + "bookmarkEnd")]
    names = [one.get(W + "name", "") for one in starts]
    paragraph_id = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    paragraphs = [p.get(paragraph_id) for root in roots.values() for p in root.iter(W + "p") if p.get(paragraph_id)]
    drawings = [one.get("id") for root in roots.values() for one in root.iter("{*}docPr")]
    groups = {"bookmark": [one.get(W + "id") for one in starts], "bookmark end": ends, "paraId": paragraphs}
    groups |= {"bookmark name": [name.lower() for name in names], "drawing": drawings}
    for what, values in groups.items():
        yield from (f"{what} {value} is there {count} times" for value, count in Counter(values).items() if count > 1)
    yield from (f"bookmark name {name}" for name in names if len(name) > 40 or not name.replace("_", "a").isalnum())
    yield from (f"paraId {one}" for one in paragraphs if one and not 0 < int(one, 16) < 0x80000000)
    styles = {one.get(W + "styleId") for one in roots["word/styles.xml"].iter(W + "style")}
    numbers = {one.get(W + "numId") for one in roots["word/numbering.xml"].iter(W + "num")}
    for name, root in roots.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            used = {one.get(W + "val") for one in root.iter(W + tag)}
            yield from (f"{name}: style {style} is missing" for style in used - styles)
        used = {one.get(W + "val") for one in root.iter(W + "numId")}
        yield from (f"{name}: numbering {number} is missing" for number in used - numbers)
    anchors = {one.get(W + "anchor") for root in roots.values() for one in root.iter(W + "hyperlink")} - {None}
    yield from (f"link to {anchor} leads nowhere" for anchor in anchors - set(names))
