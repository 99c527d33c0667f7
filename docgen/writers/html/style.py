"""The theme as CSS for `docgen.writers.html.writer`: custom properties, a dark scheme, and the printed page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from docgen.content.fields import without_places
from docgen.problems import Origin, Problem, WriterError
from docgen.structs import to_builtins
from docgen.tree.document import Division, Document, Role, has_cover
from docgen.writers.colours import BLACK, WHITE, contrast, lighter, mix, towards
from docgen.writers.html.designed import palette_css
from docgen.writers.theme import Colours, Theme

_FONT = r"(?:[\w .-]+|'[\w .-]+'|\"[\w .-]+\")"


def theme_css(document: Document, theme: Theme) -> str:
    """The rules that stand before `theme/style.css`: `--accent`, `--font`, `--size-title` … (sizes in rem, 1 rem being
    the size of running text), the same colours for dark screens, and `@page`.

    Raises `WriterError` where the theme's font stack is not a list of font names.
    """
    fonts, sizes = theme.fonts, theme.sizes
    if not re.fullmatch(rf"{_FONT}(?:, *{_FONT})*", fonts.web):
        message, hint = "'fonts.web' er ikke en liste af skrifter", "skriv skrifternes navne med komma imellem"
        raise WriterError([Problem(Origin("templates/theme/theme.yaml"), message, hint)])
    named = {"ground": WHITE, "cover": mix(theme.colours.accent, BLACK, 0.2), "on-cover": WHITE}
    named |= {"shade": theme.shade}
    light = to_builtins(without_places(theme.colours)) | named
    points = {"small": sizes.small_pt, "lead": sizes.lead_pt, "title": sizes.title_pt}
    points |= {f"heading-{level}": size for level, size in enumerate(sizes.heading_pt, 1)}
    values = {f"size-{name}": f"{size / sizes.text_pt:.3f}rem" for name, size in points.items()}
    values |= {"font": fonts.web, "leading": f"{sizes.leading:g}", "print-size": f"{sizes.text_pt:g}pt"}
    dark = dark_colours(theme.colours)
    return (
        f":root {{ color-scheme: light dark; {_properties(light | values)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_properties(dark)} }} }}\n"
        f"{palette_css(theme, dark['ground'])}{_page_css(document, theme)}"
    )


def draft_words(document: Document, theme: Theme) -> str:
    """The fingerprint in the words that stand beside a draft's mark; `""` where there is no mark or no fingerprint."""
    words = theme.words.draft_fingerprint
    return words.replace("{fingerprint}", document.fingerprint) if document.mark and document.fingerprint else ""


def _page_css(document: Document, theme: Theme) -> str:
    """The printed page: its size, and what its margins say (CSS Paged Media 3 §5)."""
    page = theme.page
    has_chapters = any(isinstance(block, Division) and block.role is Role.CHAPTER for block in document.blocks)
    outer = page.margin_wide_mm if has_chapters else page.margin_outer_mm  # as in the PDF, where two columns need it
    margins = (page.margin_top_mm, outer, page.margin_bottom_mm, page.margin_inner_mm)
    boxes = {
        "top-left": _css_string(" · ".join(filter(None, (document.header, document.running_title)))),
        "top-right": _css_string(" · ".join(filter(None, (document.mark, draft_words(document, theme))))),
        "bottom-left": _css_string(document.footer),
        "bottom-right": _css_page_number(theme.words.page_number),
    }
    size = f"size: {page.width_mm:g}mm {page.height_mm:g}mm; margin: {' '.join(f'{side:g}mm' for side in margins)};"
    contents = " ".join(f"@{box} {{ content: {content} }}" for box, content in boxes.items())
    first = "@page :first { @top-left { content: none } }\n" if has_cover(document) else ""
    return f"@page {{ {size} {contents} }}\n{first}"


def _properties(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def _css_string(text: str) -> str:
    """A CSS string in which everything but letters, digits and spaces is escaped (CSS Syntax 3 §4.3.7)."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'


def _css_page_number(words: str) -> str:
    counters = {"page": "counter(page)", "pages": "counter(pages)"}
    parts = re.split(r"\{(pages?)\}", words)
    return " ".join(counters[part] if i % 2 else _css_string(part) for i, part in enumerate(parts))


# -- colours ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def dark_colours(colours: Colours) -> dict[str, str]:
    """The theme's colours on a dark ground; text has at least 4.5:1 on ground and tint alike (WCAG 1.4.3)."""
    ground = towards(colours.text, BLACK, lambda colour: contrast(colour, WHITE) >= 17)
    tint = mix(ground, WHITE, 0.07)
    cover = towards(mix(colours.accent, ground, 0.25), BLACK, lambda colour: contrast(colour, WHITE) >= 7)
    return {
        "ground": ground,
        "tint": tint,
        "rule": mix(ground, WHITE, 0.25),
        "text": mix(WHITE, ground, 0.11),
        "muted": towards(colours.muted, WHITE, lambda colour: contrast(colour, tint) >= 6),
        "accent": lighter(colours.accent, lambda colour: contrast(colour, tint) >= 7),
        **{
            name: lighter(getattr(colours, name), lambda colour: contrast(colour, tint) >= 6)
            for name in ("good", "warning", "bad")
        },
        "cover": cover,
        "on-cover": WHITE,
    }
