"""What a hearing note shows its template."""

from __future__ import annotations

from typing import Annotated

from docgen.kinds.hearing_note.model import HearingAnswer, HearingNote
from docgen.kinds.prepared import Context
from docgen.template_values import View


class AnswerView(View, frozen=True):
    """A remark with its number and who made it, as the edition may show that."""

    number: Annotated[int, "Svarets nummer i notatet"]
    answer: Annotated[HearingAnswer, "Svaret, som det er skrevet; i den offentlige udgave uden en privatpersons navn"]
    state: Annotated[str, "Besvaret eller Ikke besvaret"]


class HearingNoteContext(Context, frozen=True, kw_only=True):
    """What the template of a hearing note may use."""

    note: Annotated[HearingNote, "Notatet, som det er skrevet"]
    status: Annotated[str, "Notatets status med stort begyndelsesbogstav"]
    answers: Annotated[tuple[AnswerView, ...], "Svarene med deres numre"]
    unanswered: Annotated[int, "Hvor mange svar, kommunen ikke har skrevet noget til"]
    total: Annotated[int, "Hvor mange svar der er i alt"]
