"""The look that all three writers share, read from `templates/theme/theme.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any

from docgen.content.fields import Conversion, Model, WrongValueError
from docgen.content.scalar import place_of
from docgen.content.validation import meant, validate
from docgen.content.yaml_reader import read_yaml
from docgen.problems import ContentError, Origin, Problem, TemplateError
from docgen.remembering import remembered
from docgen.structs import replace
from docgen.writers.colours import WHITE, contrast, mix

FOLDER = "theme/"
THEME_FILE = "theme/theme.yaml"
LEAST_CONTRAST = 4.5
"""Of text against its ground (WCAG 2.1, 1.4.3)."""


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise WrongValueError(f"'{value}' er ikke en farve", 'skriv en farve som "#0b3f6b"')
    return value


def _up_to(limit: int) -> Any:
    def check(value: Any) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise WrongValueError(f"'{value}' er ikke et tal", "skriv fx 13.5") from None
        if not 0 < number <= limit:
            raise WrongValueError(f"{value} er uden for skalaen", f"skriv et tal over 0 og højst {limit}")
        return number

    return check


def _measure(limit: int) -> Conversion:
    return Conversion(_up_to(limit), {"exclusiveMinimum": 0, "maximum": limit, "type": "number"})


Colour = Annotated[str, Conversion(_colour, {"pattern": "^#[0-9a-f]{6}$", "type": "string"})]
Millimetres = Annotated[float, _measure(1000)]
Points = Annotated[float, _measure(200)]


class Colours(Model):
    """Colours as `#rrggbb`; text on white has a contrast of at least 4.5:1 (WCAG 1.4.3)."""

    accent: Colour
    text: Colour
    muted: Colour
    tint: Colour
    rule: Colour
    good: Colour = "#1b6b3a"
    warning: Colour = "#8a4b00"
    bad: Colour = "#a31621"


class Fonts(Model):
    """Font families: in the PDF, in Word, as a CSS font stack, and of fixed width in Word."""

    text: str
    office: str
    web: str
    fixed: str


class Page(Model):
    """The page, in millimetres; the outer margin is the right one (documents are read on screens, one page a sheet).

    `margin_wide_mm` is the right margin of what is designed over the whole page, as a chapter of a policy is.
    """

    width_mm: Millimetres
    height_mm: Millimetres
    margin_top_mm: Millimetres
    margin_bottom_mm: Millimetres
    margin_inner_mm: Millimetres
    margin_outer_mm: Millimetres
    margin_wide_mm: Millimetres = 22


class Sizes(Model):
    """Font sizes in points, headings by level from 1; `plain_title_pt` is a title without a title page, `column_pt`
    text that stands in two columns.

    `leading` is line height divided by font size.
    """

    text_pt: Points
    small_pt: Points
    lead_pt: Points
    title_pt: Points
    plain_title_pt: Points
    heading_pt: tuple[Points, Points, Points, Points, Points]
    leading: float
    column_pt: Points = 9.5


class Logo(Model):
    """The municipality's mark: a file in `theme/` (SVG, PNG or JPEG), what it says to those who cannot see it, and the
    file to use on a dark ground (without: the same)."""

    file: str
    alt: str
    on_dark: str | None = None


class CoverPicture(Model):
    """A picture that covers the top of a title page: a file in `theme/`, and whose it is (`Foto: Navn`)."""

    file: str
    credit: str


class Words(Model):
    """Fixed words that the writers print themselves."""

    page_number: str
    contents: str
    skip_link: str
    footnotes: str
    footnote: str
    back: str
    draft_fingerprint: str
    heading_link: str = "Link til"
    beside: str = "Læs det også som"


class Hyphenation(Model):
    """Whether the PDF and Word divide words at line ends, by Danish patterns, and which the PDF never does; `*` stands
    for any letters.

    A loose right edge needs no division, and undivided words are easier to read and to search.
    """

    divide: bool = False
    keep_whole: tuple[str, ...] = ()


class Theme(Model):
    """Everything in `theme.yaml`."""

    colours: Colours
    fonts: Fonts
    page: Page
    sizes: Sizes
    words: Words
    hyphenation: Hyphenation
    palette: tuple[Colour, ...] = ()
    logo: Logo | None = None
    cover: CoverPicture | None = None

    def colour_of(self, number: int) -> str:
        """The colour of what has a number among its equals (from 1); 0, or no palette: the accent."""
        return self.palette[(number - 1) % len(self.palette)] if number and self.palette else self.colours.accent

    @property
    def shade(self) -> str:
        """The accent as light as white can be read on it, so that two parts of one whole can be told apart."""
        return _shade_of(str(self.colours.accent))

    def without_cover(self) -> Theme:
        """The theme of a document that has no title page: its title and headings are smaller."""
        headings = (*self.sizes.heading_pt[1:], self.sizes.heading_pt[-1])
        sizes = replace(self.sizes, title_pt=self.sizes.plain_title_pt, heading_pt=headings)
        return replace(self, sizes=sizes)


@remembered(4, lambda files, folder="templates": (folder, tuple(sorted(files.items()))))
def load_theme(files: Mapping[str, bytes], folder: str = "templates") -> Theme:
    """The theme from the files of the templates folder; `folder` is its name in messages.

    Raises TemplateError with every problem in `theme/theme.yaml`.
    """
    name = f"{folder}/{THEME_FILE}"
    if THEME_FILE not in files:
        raise TemplateError([Problem(Origin(name), "filen mangler", "hent den fra docgens egen mappe templates/theme")])
    try:
        raw = read_yaml(name, files[THEME_FILE])
    except ContentError as error:
        raise TemplateError(error.problems) from None
    theme, problems = validate(Theme, raw)
    problems += list(_problems(theme, files, folder)) if theme is not None else []
    if theme is None or problems:
        raise TemplateError(problems)
    return theme


_INK = ("accent", "text", "muted", "good", "warning", "bad")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")


def _problems(theme: Theme, files: Mapping[str, bytes], folder: str) -> Iterator[Problem]:
    """A Problem for each colour that white cannot be read on, or that cannot be read on white, and for each picture
    that is not there. Of a theme from before there was a palette only the pictures are asked for."""
    known = [path.removeprefix(FOLDER) for path in files if path.startswith(FOLDER) and path.endswith(_PICTURES)]
    inks = [(getattr(theme.colours, name), theme.colours.origin_of(name)) for name in _INK]
    inks += [(colour, theme.origin_of("palette")) for colour in theme.palette]
    for colour, place in inks if theme.palette else ():
        if (found := contrast(str(colour), WHITE)) < LEAST_CONTRAST:
            shown = f"{int(found * 10) / 10:.1f}".replace(".", ",")
            message = f"farven {colour} er for lys: hvidt på den har kontrasten {shown} : 1"
            yield Problem(place_of(colour, place), message, "vælg en mørkere; det skal være mindst 4,5 : 1")
    logo, cover = theme.logo, theme.cover
    named = [name for name in ((logo.file, logo.on_dark) if logo else ()) if name is not None]
    for name in (*named, *((cover.file,) if cover else ())):
        if name not in known:
            hint = meant(name, known, f"læg den i {folder}/{FOLDER}, som SVG, PNG eller JPEG")
            place = place_of(name, Origin(f"{folder}/{THEME_FILE}"))
            yield Problem(place, f"billedet '{name}' findes ikke i {folder}/{FOLDER.rstrip('/')}", hint)


@lru_cache(maxsize=8)
def _shade_of(accent: str) -> str:
    steps = [mix(accent, WHITE, step / 50) for step in range(20, 0, -1)]
    return next((step for step in steps if contrast(step, WHITE) >= LEAST_CONTRAST + 0.5), accent)
