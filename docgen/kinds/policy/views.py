"""What a policy shows its template."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated

from docgen.content.organisation import Body
from docgen.content.policy_profile import MeasureWords
from docgen.kinds.policy.model import FocusArea, Measure, Policy
from docgen.kinds.prepared import Context
from docgen.template_values import View


class PolicyContext(Context, frozen=True, kw_only=True):
    """What the template of a policy may use."""

    policy: Annotated[Policy, "Politikken, som den er skrevet"]
    status: Annotated[str, "Politikkens status med stort begyndelsesbogstav"]
    dash: Annotated[str, "Tegnet mellem årene i en periode, som husets skrivestil er"]
    body: Annotated[Callable[[str, datetime.date], Body], "body(id, dag): organet, som det hed den dag"]


class PartView(View, frozen=True):
    """A part of a policy that has a profile."""

    id: Annotated[str, "Delens id"]
    title: Annotated[str, "Delens egen overskrift, eller profilens"]
    number: Annotated[str, "Delens nummer, fx 2.1; tomt, hvis profilen ingen numre har"]
    lead: Annotated[str, "Den indledende sætning; tom, hvis der ingen er"]
    text: Annotated[str, "Brødteksten; tom, hvis der ingen er"]
    areas_heading: Annotated[str, "Overskriften over punkterne; tom, hvis profilen ingen har"]
    focus_areas: Annotated[tuple[FocusArea, ...], "Punkterne under delen"]
    measures_heading: Annotated[str, "Overskriften over tabellen med indsatser"]
    measures: Annotated[tuple[Measure, ...], "Indsatserne"]
    parts: Annotated[tuple[PartView, ...], "Delene under denne"]


class PartsContext(PolicyContext, frozen=True, kw_only=True):
    """What the template of a policy with a profile may use."""

    parts: Annotated[tuple[PartView, ...], "Politikkens dele i profilens rækkefølge"]
    words: Annotated[MeasureWords, "Ordene over tabeller med indsatser"]
