"""What became of a recommendation, and who voted how, of the sentences of a decision (DOMAIN 1.4).

The words stay as they are; what is read of them stands beside them. A sentence that is not understood gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docgen.content.profile import CaseProfile

_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("første", "andet anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende"), 1
    )
    for word in words.split()
}
_NUMBERS = r"(?:\d{1,2}\.?(?:\s?[-–]\s?\d{1,2}\.?)?|" + "|".join(_ORDINALS) + r")"
_POINTS = re.compile(
    rf"(?P<numbers>{_NUMBERS}(?:\s*(?:,|og|samt)\s*{_NUMBERS})*)\s+at-punkt(?:er)?|at-punkt(?:erne)?\s+"
    r"(?P<after>\d{1,2}(?:\s?[-–]\s?\d{1,2})?(?:\s*(?:,|og)\s*\d{1,2}(?:\s?[-–]\s?\d{1,2})?)*)",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(r"\bændringsforslag\w*\b|\bforslag om udvalgshenvisning|\bdelt afstemning", re.IGNORECASE)
_LABEL = re.compile(r"\((U?ÆF ?\d*|Æ ?\d+)\)|\b(U?ÆF ?\d+)\b")
_VOTE = re.compile(r"\bmed\s+(\d{1,3})(?:\s+stemmer?)?\s+(?:stemmer\s+)?(?:i?mod|og)\s+(\d{1,3})\b", re.IGNORECASE)
_ABSTAINED = re.compile(r"\b(ingen|et|ét|\d{1,2})\s*(?:medlem(?:mer)?\s+)?undlod at stemme\b", re.IGNORECASE)
_LISTS = (
    ("parties_for", re.compile(r"^(?:for stemte|stemte for|for)\s*:\s*(.+)$", re.IGNORECASE)),
    ("parties_against", re.compile(r"^(?:imod stemte|stemte imod|mod stemte|imod)\s*:\s*(.+)$", re.IGNORECASE)),
    ("parties_abstaining", re.compile(r"^(?:undlod(?: at stemme)?|hverken for eller imod)\s*:\s*(.+)$", re.IGNORECASE)),
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ\d])|(?<=[^\s.])\s+(?=(?:For stemte|Imod stemte|Undlod at stemme):)")
_NOT_ENDED = re.compile(r"(?:\b\d{1,2}|\bnr|\bjf|\bstk|\bkl)\.$")
_BEGINS = re.compile(
    r"^(?:Indstillinge\w*|Medlemsforslaget|Forslaget|Forespørgslen|Sagen|Punktet|Orienteringen|Udvalget\w*|Det af |"
    r"Ændringsforslag|"
    r"De[tn]? |Indstillingens |At-punkt|\d|Første|Andet|Tredje|[A-ZÆØÅ][\wæøå -]*(?:udvalget|udvalg|råd\w*|"
    r"[Rr]epræsentationen|[Bb]yråd\w*|kommunalbestyrelse\w*)\b)"
)
_ACTIVE_BEGINS = re.compile(
    r"^(?:[A-ZÆØÅ][\wæøå,-]*(?: (?:og|[A-ZÆØÅ-])[\wæøå,-]*)*(?:udvalget|repræsentationen|rådet|bestyrelsen)|"
    r"Udvalget|Rådet) "
)
_ACTIVE = (
    (r"godkendte\b", "godkendt"),
    (r"vedtog\b", "vedtaget"),
    (r"tiltrådte\b", "tiltrådt"),
    (r"anbefalede\b", "anbefalet"),
    (r"drøftede\b", "drøftet"),
    (r"udsatte\b", "udsat"),
    (r"forkastede\b", "forkastet"),
    (r"(?:oversendte|besluttede at oversende)\b", "oversendt"),
    (r"tog .{0,80}\btil efterretning\b", "taget til efterretning"),
)
_REJECTED = "rejected"


def outcomes_of(lines: Sequence[str], points: Sequence[str], profile: CaseProfile) -> list[dict[str, Any]]:
    """The outcomes that lines of a decision tell; `points` are the ids of the at-points by their numbers there."""
    found: list[dict[str, Any]] = []
    for sentence in _sentences(lines):
        listed = next(((name, hit[1]) for name, form in _LISTS if (hit := form.match(sentence))), None)
        if listed is not None:
            if found and listed[0] not in found[-1]:
                found[-1][listed[0]] = _parties(listed[1])
            continue
        if (count := _ABSTAINED.search(sentence)) and found and not _verb(sentence, profile):
            found[-1].setdefault("abstentions", _count(count[1]))
            continue
        found += _outcomes(sentence, points, profile)
    return _consistent(found)


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        held = ""
        for part in _SENTENCES.split(line):
            held = f"{held} {part}".strip()
            if not _NOT_ENDED.search(held):
                yield held
                held = ""
        if held:
            yield held


def _verb(sentence: str, profile: CaseProfile) -> tuple[str, str, int, int] | None:
    """The word of the municipality for what something became, what that means, and where it stands in a sentence."""
    best: tuple[str, str, int, int] | None = None
    for outcome in profile.outcomes:
        word = str(outcome.word)
        for hit in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE):
            if best is None or hit.start() < best[2] or (hit.start() == best[2] and hit.end() > best[3]):
                best = (word, str(outcome.meaning), hit.start(), hit.end())
    return best


def _outcomes(sentence: str, points: Sequence[str], profile: CaseProfile) -> list[dict[str, Any]]:
    verb = _verb(sentence, profile)
    if verb is None:
        return _active(sentence, profile)
    word, meaning, start, end = verb
    before = sentence[:start]
    alone = not before.strip()
    passive = re.search(
        r"\b(?:blev|bliver|er|besluttede at|besluttedes)\s+(?:herefter\s+|derefter\s+|dermed\s+)?(?:ikke\s+)?$", before
    )
    if not alone and (passive is None or not _BEGINS.match(sentence)):
        return []
    fields: dict[str, Any] = {}
    if _AMENDMENT.search(before):
        label = _LABEL.search(before)
        if label is None:
            return []
        fields["amendment"] = label[1] or label[2]
    elif subject := _POINTS.search(before):
        wanted = _numbers(subject["numbers"] or subject["after"])
        if not wanted or max(wanted) > len(points):
            return []
        ids = [points[number - 1] for number in wanted]
        fields |= {"point": ids[0]} if len(ids) == 1 else {"points": ids}
    fields["verb"] = word
    rest = re.split(r"[,;]?\s+(?:og|samt)\s+(?=(?:indstillingens\s+)?\S{1,12}\s+at-punkt)", sentence[end:])
    if detail := _detail(rest[0]):
        fields["detail"] = detail
    fields |= _manner(sentence[end:], meaning)
    second = [one for part in rest[1:] for one in _outcomes(_whole(part), points, profile)]
    return [fields, *second]


def _active(sentence: str, profile: CaseProfile) -> list[dict[str, Any]]:
    """A sentence that says what the body did: `Byrådet godkendte indstillingen.`"""
    found = _ACTIVE_BEGINS.match(sentence)
    word = next((word for form, word in _ACTIVE if found and re.match(form, sentence[found.end() :])), "")
    known = next((one for one in profile.outcomes if str(one.word) == word), None)
    if known is None or _POINTS.search(sentence):
        return []
    return [{"verb": word, **_manner(sentence, str(known.meaning))}]


def _whole(part: str) -> str:
    """The second half of a sentence on two groups of at-points as a sentence of its own."""
    said = part if " blev " in part else re.sub(r"(at-punkt(?:er)?)\s+", r"\1 blev ", part, count=1)
    return said[:1].upper() + said[1:]


def _detail(rest: str) -> str:
    """What follows the word: `over for Borgerrepræsentationen`; how it was decided is told apart."""
    end = re.search(
        r"\s*(?:,\s*)?(?:uden afstemning|enstemmigt|(?:efter afstemning\s+)?med\s+\d+(?:\s+stemmer?)?\s|"
        r"efter afstemning|(?<!\d)\.(?:\s|$)|\.?$)",
        rest,
    )
    said = rest[: end.start() if end else None].strip(" .,")
    return said if len(said) < 300 else ""


def _manner(rest: str, meaning: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if vote := _VOTE.search(rest):
        first, second = int(vote[1]), int(vote[2])
        most, least = max(first, second), min(first, second)
        rejected = meaning == _REJECTED
        fields = {"how": "vote", "votes_for": least if rejected else most, "votes_against": most if rejected else least}
    elif "uden afstemning" in rest:
        fields["how"] = "without-vote"
    elif re.search(r"\benstemmigt\b", rest):
        fields["how"] = "unanimous"
    elif "efter afstemning" in rest:
        fields["how"] = "vote"
    if count := _ABSTAINED.search(rest):
        fields["abstentions"] = _count(count[1])
    return fields


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 0 if word.lower() == "ingen" else 1


def _numbers(text: str) -> list[int]:
    """The numbers that words name: `1. og 3.`, `1.-12.`, `første og andet`."""
    found: list[int] = []
    for part in re.split(r"\s*(?:,|og|samt)\s*", text.strip()):
        ends = [_ORDINALS.get(one.lower(), int(one) if one.isdigit() else 0) for one in re.findall(r"[^\W_]+", part)]
        if len(ends) == 2 and 0 < ends[0] < ends[1]:
            found += range(ends[0], ends[1] + 1)
        else:
            found += [one for one in ends[:1] if one]
    return list(dict.fromkeys(found))


def _parties(text: str) -> list[str]:
    parts = re.split(r"\s*[,;]\s*(?![^()]*\))|\s+og\s+(?![^()]*\))", text.strip(" ."))
    return [part.strip() for part in parts if part.strip()]


def _consistent(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outcomes, where they can all be true: each thing is decided once, either whole or by its at-points."""
    keys: list[str] = []
    for one in found:
        own = (
            [f"={one['amendment']}"]
            if "amendment" in one
            else [one["point"]]
            if "point" in one
            else one.get("points", [""])
        )
        keys += own
        votes = [one.get(name, 0) for name in ("votes_for", "votes_against", "abstentions")]
        if one.get("how") != "vote" and (any(votes) or one.get("parties_against")):
            return []
    whole = "" in keys and any(key and not key.startswith("=") for key in keys)
    return [] if whole or len(set(keys)) < len(keys) else found
