"""The open part of a case: what stands in the place of what is closed in it, and what a closed one is called."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from docgen.content.fields import Model
from docgen.content.profile import CaseProfile
from docgen.content.scalar import Scalar
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import Case, CaseFile, CaseSection
from docgen.kinds.document_fields import Annex
from docgen.kinds.public import Disclosure, moved, neutral_id, public_part, with_texts

_CITED = re.compile(r"\{([Bb]ilag):([a-z0-9-]+)\}")
_CLOSED_ANNEX = "Ikke offentligt"


def open_part(case: Case, disclosure: Disclosure) -> Case:
    """A case as the public may see it.

    A closed case keeps only its number, date, committee and a harmless title (DOMAIN 4.4); a closed passage is a
    sentence with the reason; a closed annex keeps its number. Neither a closed case nor a closed annex keeps its id.
    """
    profile = disclosure.settings.cases
    assert profile is not None  # checked when the content was loaded
    name = disclosure.name_of("case", case.id)
    ids = {} if case.closed is not None else _annex_ids(case)

    def stand_ins(model: Model) -> Mapping[str, object]:
        match model:
            case CaseFile(closed=closed) if closed is not None:
                title = case.public_title or profile.closed_case
                return {"id": name, "title": title, "summary": f"Sagen er lukket: {_reason(closed.reason)}."}
            case CaseSection(closed=closed) if closed is not None:
                return {"text": fill(profile.closed_passage, grund=_reason(closed.reason))}
            case Annex(closed=closed, id=id) if closed is not None:
                return {"id": ids[str(id)], "title": _CLOSED_ANNEX}
        return {}

    shown = public_part(case, stand_ins)
    if ids:
        shown = with_texts(
            moved(shown, {f"@{id}": f"@{new}" for id, new in ids.items()}), lambda text: _cited(text, ids)
        )
    return moved(shown, {}, f"content/cases/{name}.yaml") if name != case.id else shown


def closed_parts(case: Case, profile: CaseProfile) -> Iterator[str]:
    """What of a case is not public, in words with the reason: `bilag 2 (offentlighedsloven § 30)`."""
    if case.closed is not None:
        yield f"hele sagen ({_reason(case.closed.reason)})"
        return
    headings = {str(section.id): str(section.heading) for section in profile.sections}
    for section in case.sections:
        if section.closed is not None:
            yield f"{headings.get(str(section.id), section.id)} ({_reason(section.closed.reason)})"
    for number, annex in enumerate(case.annexes, 1):
        if annex.closed is not None:
            yield f"bilag {number} ({_reason(annex.closed.reason)})"
    if case.case_officer is not None:
        yield "sagsbehandler"


def neutral_name(case: Case) -> str:
    """What a closed case is called where everybody can read it: its number, or a hash of what is open in it and stays
    as it is from version to version; empty for an open one."""
    if case.closed is None:
        return ""
    if number := case.document_number or case.case_number:
        return f"lukket-{number}"
    stays = [
        str(case.public_title or ""),
        str(case.kind),
        [[str(item.body), str(item.role)] for item in case.treatments],
    ]
    return f"lukket-{hashlib.sha256(json.dumps(stays).encode()).hexdigest()[:8]}"


def _annex_ids(case: Case) -> dict[str, str]:
    """The neutral ids of the closed annexes, by their own: `bilag-2`, after the place in the list."""
    taken = {str(annex.id) for annex in case.annexes}
    numbered = list(enumerate(case.annexes, 1))
    return {str(annex.id): neutral_id(f"bilag-{number}", taken) for number, annex in numbered if annex.closed}


def _cited(text: str, ids: Mapping[str, str]) -> str:
    """A text that names closed annexes by their neutral ids."""
    if not any(found[2] in ids for found in _CITED.finditer(text)):
        return text
    cited = _CITED.sub(lambda found: f"{{{found[1]}:{ids.get(found[2], found[2])}}}", text)
    return Scalar(cited, text.origin, text.plain) if isinstance(text, Scalar) else cited


def _reason(text: str) -> str:
    return str(text).rstrip(".")
