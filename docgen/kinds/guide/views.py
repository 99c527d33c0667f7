"""What a guide shows its template."""

from __future__ import annotations

from typing import Annotated

from docgen.kinds.guide.model import Guide
from docgen.kinds.prepared import Context


class GuideContext(Context, frozen=True, kw_only=True):
    """What the template of a guide may use."""

    guide: Annotated[Guide, "Vejledningen, som den er skrevet"]
    status: Annotated[str, "Vejledningens status med stort begyndelsesbogstav"]
