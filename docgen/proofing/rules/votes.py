"""Votes: what was decided by a majority, and no more votes than there are seats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import sentences

_AGAINST = lazy(
    r"\b(?P<not>ikke )?(?P<verb>vedtog\w*|vedtaget|godkendte?|godkendt|tiltrådte?|anbefalet|anbefalede|oversendt|forkastede|forkastet|afvist|afviste)\b"
    r"(?P<between>[^.\n]{0,80}?)\bmed (?P<for>\d+) (?:stemmer? )?(?P<sign>for og |mod |imod |for, )(?P<against>\d+)"
    r"(?: (?:stemmer? )?imod)?(?P<tail>[^.\n]{0,40})"
)
_VOTES = lazy(
    r"(?<!\d)(?P<for>\d+) (?:stemte )?(?:stemmer )?for,? (?:og )?(?P<against>\d+) (?:stemte )?(?:stemmer )?(?:imod|mod),?"
    r"(?: og| mens)? (?P<none>\d+) (?:undlod|hverken)"
)


def _votes(reading: Reading) -> Iterator[Hit]:
    """A majority decides, nobody votes twice, and the votes are not more than the seats."""
    if not re.search(r"\d (?:stemmer? |stemte )?(?:mod|imod|for)\b", reading.joined):
        return
    seats = {
        str(body.name): int(body.seats)
        for body in (reading.organisation.bodies if reading.organisation else ())
        if body.seats
    }
    for passage, start, text in sentences(reading):
        for match in _AGAINST.finditer(text):
            yes, no = int(match["for"]), int(match["against"])
            adopted = not match["not"] and not match["verb"].startswith(("forkast", "afvis"))
            place = (start + match.start("for"), start + match.end("against"))
            # Some councils put the winning side first: of what fell, "med 38 mod 16" is right too, but not "for og imod".
            told = match["sign"].startswith("for")
            if (adopted and yes <= no) or (not adopted and yes > no and told):
                words = "med de stemmer er det ikke " + ("vedtaget" if adopted else "forkastet")
                yield Hit(passage, *place, words)
                continue
            none = re.search(r"(\d+)[^.\d]{0,30}\bundlod", match["tail"])
            body = next((name for name in seats if name in text), None)
            cast = yes + no + (int(none[1]) if none else 0)
            if body is not None and cast > seats[body]:
                yield Hit(passage, *place, f"{body} har {seats[body]} medlemmer, ikke {cast}")
        for match in _VOTES.finditer(text):
            cast = sum(int(match[name]) for name in ("for", "against", "none"))
            members = re.search(r"\b(\d+) medlemmer\b", text)
            if members and int(members[1]) != cast:
                words = f"stemmerne giver {cast}, ikke {members[1]}"
                yield Hit(passage, start + match.start(), start + match.end(), words)


RULES: tuple[Rule, ...] = (
    Rule(
        "DG207", "Stemmerne passer til afgørelsen", Severity.WARNING, "Styrelsesloven § 11",
        ("Forslaget blev vedtaget med 30 stemmer mod 20.", "Forslaget blev forkastet med 15 stemmer mod 40.", "Det blev ikke vedtaget med 10 stemmer mod 45.", "Det blev forkastet efter afstemning med 38 mod 16."),
        ("Forslaget blev vedtaget med 20 stemmer mod 30.", "Det blev anbefalet med 1 stemme mod 8.", "Det blev forkastet med 30 stemmer for og 20 imod.", "55 medlemmer stemte: 30 for, 20 imod, og 6 undlod."), _votes,
    ),
)  # fmt: skip
"""The rule of votes."""
