"""What every kind of document hands to the pipeline: its template, what that sees, and the document's properties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from docgen.content.fields import Model
from docgen.content.settings import Municipality
from docgen.document_id import DocumentId
from docgen.kinds.document_fields import Status
from docgen.structs import Struct, field
from docgen.template_values import View


class ChartSeries(Struct, frozen=True):
    """A line to compare with: what it is called, and its points as times and values."""

    label: str
    points: tuple[tuple[float, float], ...]


class Chart(Struct, frozen=True):
    """What a chart shows: a `line` over periods or `bars`, each point's label, value (None: a gap) and words.

    Of a line, `times` are when its points are, in years, `forecasts` which of them are only expected, `stages` the
    milestones (time, value, words), and `others` the lines to compare with. Of bars, `mean` is a line across them.
    """

    kind: str
    points: tuple[tuple[str, float | None], ...]
    labels: tuple[str, ...]
    unit: str
    target: float | None
    target_label: str
    times: tuple[float, ...] = ()
    forecasts: tuple[bool, ...] = ()
    stages: tuple[tuple[float, float, str], ...] = ()
    others: tuple[ChartSeries, ...] = ()
    mean: float | None = None
    mean_label: str = ""


class Context(View, frozen=True, kw_only=True):
    """The base of what a kind shows its template: a field for each name that may be used there.

    A field's type is `Annotated` with its description in Danish, from which the reference in the user guide is made.
    """

    municipality: Annotated[Municipality, "Kommunen, som settings.yaml beskriver den"]
    fingerprint: Annotated[str, "Dokumentets fingeraftryk: otte tegn, som er andre, når kilden er en anden"] = ""
    """Told by the pipeline: it is of all that the document is made of."""


class Prepared(Struct, frozen=True):
    """A document before its template is filled.

    `made_of` are the documents that it is made of, itself among them, and `counted` the annexes whose pages it tells.
    `closed` are the parts that the public edition does not show, each with why, in words for the reader.
    `charts` are to be drawn, by the path that the template calls them.
    `citations` are the words and the anchor that `{bilag:id}` in a text stands for, by what stands in the braces,
    alone or after a file and `#` for the texts of that file.
    `written` is the model whose fields `version` and `status` are the document's own, with their places.
    """

    template: str
    context: Context
    written: Model
    title: str
    subject: str
    version: str
    status: Status
    date: date
    keywords: tuple[str, ...] = ()
    made_of: tuple[DocumentId, ...] = ()
    counted: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    citations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    page_limit: int | None = None
    charts: Mapping[str, Chart] = field(default_factory=dict)
    short_title: str = ""


def sentence(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]
