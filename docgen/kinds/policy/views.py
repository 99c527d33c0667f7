"""What a policy shows its template."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated

from docgen.content.organisation import Body
from docgen.kinds.policy.model import Policy
from docgen.kinds.prepared import Context


class PolicyContext(Context, frozen=True, kw_only=True):
    """What the template of a policy may use."""

    policy: Annotated[Policy, "Politikken, som den er skrevet"]
    status: Annotated[str, "Politikkens status med stort begyndelsesbogstav"]
    dash: Annotated[str, "Tegnet mellem årene i en periode, som husets skrivestil er"]
    body: Annotated[Callable[[str, datetime.date], Body], "body(id, dag): organet, som det hed den dag"]
