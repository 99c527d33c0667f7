"""The styles of a Word file: those that docgen uses are found in a template or added to it, and their ids told.

Word stores built-in styles under their canonical English name in every language ("heading 1" where a Danish Word
shows "Overskrift 1"); only the id is translated. So styles are found by `w:name`, never by id (ECMA-376 §17.7.4.9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from docgen.writers.docx.looks import Style, fonts, size, styles
from docgen.writers.docx.looks_designed import designed_styles
from docgen.writers.docx.xml import NAMESPACES, W, escape
from docgen.writers.theme import Theme

_DANISH: Final = {
    "Cover": "Afsender på forside",
    "Cover Sender": "Forside – afsender",
    "Cover Title": "Forside – titel",
    "Cover Subtitle": "Forside – undertitel",
    "Back Cover": "Bagside",
    "Masthead": "Dokumenthoved",
    "Statement": "Udsagn",
    "Lead": "Indledende tekst",
    "Note": "Boks",
    "Pull Quote": "Fremhævet citat",
    "Key Figure": "Nøgletal",
    "Focus Item": "Indsatsområde",
    "Dense Text": "Tæt brødtekst",
    "Card Heading": "Kort – overskrift",
    "Card": "Kort – tekst",
    "Source": "Kilde",
    "Colophon": "Kolofon",
    "Figure": "Figur",
    "Code": "Kode",
    "Code Block": "Kodeblok",
    "Table Text": "Tabeltekst",
    "Table Heading": "Tabelhoved",
    "Table Total": "Tabel – i alt",
    "Field Label": "Oplysning – navn",
    "Field Value": "Oplysning – værdi",
    "Municipal Table": "Kommunens tabel",
    "Fields": "Oplysninger",
    "Draft Mark": "Udkastmærke",
}
"""What a person sees the styles called that Word does not have by itself (`w:customStyle`). Word reads what comes after
a comma as another name of the same style."""
_CHAPTER: Final = re.compile(r"Chapter (Statement )?(\d+)")
_FEW: Final = frozenset(("Lead", "Note", "Pull Quote", "Table Text", "Table Heading"))
"""Those of them that a person picks in the gallery; docgen gives the others."""


def shown_name(name: str) -> str:
    """What a style is called in a Word file: docgen's own in Danish, Word's own by their canonical names."""
    if chapter := _CHAPTER.fullmatch(name):
        return f"Kapitel {chapter[2]} – udsagn" if chapter[1] else f"Kapitel {chapter[2]}"
    return _DANISH.get(name, name)


def _is_custom(name: str) -> bool:
    return shown_name(name) != name


def prepare_styles(root: etree._Element, theme: Theme, language: str) -> Mapping[str, str]:
    """Adds to `w:styles` what it lacks and gives style name -> style id. Styles that are there keep their look.

    The proofing language of the document's defaults is set in any case.
    """
    if root.find(f"{{{W}}}style") is None:
        _add_defaults(root, theme)
    _set_language(root, language)
    found = {(_name(style).lower(), style.get(f"{{{W}}}type", "")): style for style in root.iter(f"{{{W}}}style")}
    used = {style.get(f"{{{W}}}styleId", "") for style in found.values()}
    names = {name for name, _ in found}
    ids: dict[str, str] = {}
    missing: list[Style] = []
    for wanted in (*styles(theme), *designed_styles(theme)):
        # A template may have a style of docgen's by its name from before they were Danish.
        present = found.get((shown_name(wanted.name).lower(), wanted.kind))
        present = found.get((wanted.name.lower(), wanted.kind)) if present is None else present
        if present is not None:
            ids[wanted.name] = present.get(f"{{{W}}}styleId", "")
        else:
            ids[wanted.name] = _new_id(wanted.name, used)
            used.add(ids[wanted.name])
            missing.append(wanted)
    for wanted in missing:
        shown = shown_name(wanted.name)
        name = f"{shown} (docgen)" if shown.lower() in names else shown
        root.append(etree.fromstring(_style_xml(wanted, name, ids)))
    return ids


def _name(style: etree._Element) -> str:
    name = style.find(f"{{{W}}}name")
    return "" if name is None else name.get(f"{{{W}}}val", "")


def _new_id(name: str, used: set[str]) -> str:
    stem = "".join(word[:1].upper() + word[1:] for word in re.split("[^A-Za-z0-9]+", name))
    candidate, number = stem, 2
    while candidate in used:
        candidate, number = f"{stem}{number}", number + 1
    return candidate


def _set_language(root: etree._Element, language: str) -> None:
    properties = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
    if properties is None:
        defaults = root.find(f"{{{W}}}docDefaults")
        if defaults is not None:
            root.remove(defaults)
        root.insert(0, etree.fromstring(_defaults("", "")))
        properties = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
        assert properties is not None
    for old in properties.findall(f"{{{W}}}lang"):
        properties.remove(old)
    lang = etree.fromstring(f'<w:lang xmlns:w="{W}" w:val="{escape(language)}" w:eastAsia="en-US" w:bidi="ar-SA"/>')
    later = [c for c in properties if etree.QName(c).localname in ("eastAsianLayout", "specVanish", "oMath")]
    properties.insert(len(properties) - len(later), lang)


def _defaults(run: str, paragraph: str) -> str:
    return (
        f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _add_defaults(root: etree._Element, theme: Theme) -> None:
    """`w:docDefaults` and the three styles that every Word file has, in a document without a template of its own."""
    defaults = _defaults(fonts(theme.fonts.office) + size(theme.sizes.text_pt), "<w:widowControl/>")
    root.insert(0, etree.fromstring(defaults))
    hidden = "<w:semiHidden/><w:unhideWhenUsed/>"
    margins = "".join(
        f'<w:{edge} w:w="{width}" w:type="dxa"/>'
        for edge, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    )
    table = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    for kind, style_id, name, priority, rest in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font", 1, ""),
        ("table", "TableNormal", "Normal Table", 99, table),
        ("numbering", "NoList", "No List", 99, ""),
    ):
        root.append(
            etree.fromstring(
                f'<w:style {NAMESPACES} w:type="{kind}" w:default="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
                f'<w:uiPriority w:val="{priority}"/>{hidden}{rest}</w:style>'
            )
        )


def _style_xml(style: Style, name: str, ids: Mapping[str, str]) -> str:
    default = ' w:default="1"' if style.name == "Normal" else ""
    custom = ' w:customStyle="1"' if _is_custom(style.name) else ""
    based = f'<w:basedOn w:val="{ids[style.based_on]}"/>' if style.based_on and style.name != "Normal" else ""
    following = f'<w:next w:val="{ids[style.next]}"/>' if style.next else ""
    in_gallery = style.name in _FEW if _is_custom(style.name) else style.priority < 90
    shown = "<w:qFormat/>" if in_gallery else "<w:unhideWhenUsed/>"
    return (
        f'<w:style {NAMESPACES} w:type="{style.kind}"{default}{custom} w:styleId="{ids[style.name]}">'
        f'<w:name w:val="{name}"/>{based}{following}<w:uiPriority w:val="{style.priority}"/>{shown}'
        + (f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        + (f"<w:rPr>{style.run}</w:rPr>" if style.run else "")
        + f"{style.rest}</w:style>"
    )
