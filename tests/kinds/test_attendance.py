"""Who was at a meeting: where the minutes tell it, and measured with the register and the votes."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.kinds.test_meeting_shapes import AGENDA, MEETING, MEMBERS, MINUTES, after, lines, project, told

GROUND = "jf. styrelseslovens § 15, stk. 2. Rådet fandt, at betingelserne er opfyldt"


@pytest.mark.slow
def test_the_minutes_tell_who_was_there_where_the_profile_says() -> None:
    first = after(lines(MINUTES), "143.")
    assert first[1].startswith("Til stede: Opdigtet Et (A), Opdigtet To (A), Opdigtet Tre (B)")
    assert "Opdigtet Otte" not in first[1]
    assert first[1].endswith("og Vikar Vikarsen (V).")
    assert first[2:5] == [
        "Opdigtet Otte (V): afbud, sygdom",
        f"Vikar Vikarsen (V): stedfortræder for Opdigtet Otte (V), {GROUND}",
        "Opdigtet Et (A): kom kl. 15.20 under punkt 144",
    ]
    assert "Opdigtet Et (A) kom kl. 15.20." in after(lines(MINUTES), "144.")
    last = lines(MINUTES, found=project({"attendance_words": {"place": "last"}}))
    assert last.index("Fravær") > last.index("147. Lukket punkt")


@pytest.mark.slow
def test_that_nobody_was_absent_is_said_and_is_not_what_is_unknown() -> None:
    held = {"approval": "Dagsordenen blev godkendt."}
    assert "Fravær" not in lines(MINUTES, found=project(minutes=held))
    found = lines(MINUTES, found=project(minutes={**held, "all_present": True}))
    assert found[found.index("Fravær") + 1] == "Ingen"


ATTENDANCE: list[tuple[dict[str, Any], str]] = [
    ({"who": "Opdigtet Ott (V)", "what": "absent"}, "mente du 'Opdigtet Otte'?"),
    ({"who": "X", "what": "substitute", "replaces": "Opdigtet Nul"}, "'Opdigtet Nul' er ikke medlem den dag"),
    ({"who": "Opdigtet To (A)", "what": "late", "item": "anlaegg"}, "mente du 'anlaeg'?"),
    ({"who": "Opdigtet To (A)", "what": "absent", "at": "15:00"}, "hverken kom eller gik"),
    ({"who": "Opdigtet To (A)", "what": "late", "replaces": "Opdigtet Et"}, "kun en stedfortræder"),
]


@pytest.mark.parametrize(("entry", "words"), ATTENDANCE)
def test_what_is_wrong_in_who_was_there(entry: dict[str, Any], words: str) -> None:
    minutes = {**MEETING["minutes"], "attendance": [entry]}
    assert words in told(minutes=minutes)


def test_no_more_have_voted_than_were_there() -> None:
    away = [{"who": f"{one['name']} ({one['party']})", "what": "absent"} for one in MEMBERS[:9]]
    minutes = {**MEETING["minutes"], "attendance": away}
    assert "har stemt, men 2 var til stede" in told(minutes=minutes)


def test_one_who_is_disqualified_took_no_part_and_the_closed_reason_is_not_told() -> None:
    items = copy.deepcopy(MEETING["items"])
    items[0]["disqualified"] = [
        {"who": "Opdigtet To (A)", "because": "bor der", "substitute": "Vikar To (A)"},
    ]
    items[1]["disqualified"] = [{"who": "Opdigtet Tre (B)"}]
    found = lines(MINUTES, found=project(items=items))
    assert "Opdigtet To (A) deltog ikke i behandlingen af sagen på grund af inhabilitet: bor der." in found
    assert "Vikar To (A) deltog som stedfortræder." in found
    assert "Opdigtet Tre (B) deltog ikke i behandlingen af sagen." in found
    assert not [line for line in lines(AGENDA, found=project(items=items)) if "inhabil" in line]
