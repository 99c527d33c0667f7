"""The look that all three writers share, read from `templates/theme/theme.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from docgen.content.fields import Conversion, Model, WrongValueError
from docgen.content.validation import validate
from docgen.content.yaml_reader import read_yaml
from docgen.problems import ContentError, Origin, Problem, TemplateError
from docgen.structs import replace

THEME_FILE = "theme/theme.yaml"


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
    """The page, in millimetres; the outer margin is the right one (documents are read on screens, one page a sheet)."""

    width_mm: Millimetres
    height_mm: Millimetres
    margin_top_mm: Millimetres
    margin_bottom_mm: Millimetres
    margin_inner_mm: Millimetres
    margin_outer_mm: Millimetres


class Sizes(Model):
    """Font sizes in points, headings by level from 1; `plain_title_pt` is a title without a title page.

    `leading` is line height divided by font size.
    """

    text_pt: Points
    small_pt: Points
    lead_pt: Points
    title_pt: Points
    plain_title_pt: Points
    heading_pt: tuple[Points, Points, Points, Points, Points]
    leading: float


class Words(Model):
    """Fixed words that the writers print themselves."""

    page_number: str
    contents: str
    skip_link: str
    footnotes: str
    footnote: str
    back: str
    draft_fingerprint: str


class Hyphenation(Model):
    """Whether the PDF divides words at line ends, by Danish patterns, and which never; `*` stands for any letters.

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

    def without_cover(self) -> Theme:
        """The theme of a document that has no title page: its title and headings are smaller."""
        headings = (*self.sizes.heading_pt[1:], self.sizes.heading_pt[-1])
        sizes = replace(self.sizes, title_pt=self.sizes.plain_title_pt, heading_pt=headings)
        return replace(self, sizes=sizes)


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
    if theme is None:
        raise TemplateError(problems)
    return theme
