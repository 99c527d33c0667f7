"""Names of committees and administrations in a sentence: on its own day, with their capitals, and spelt as registered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.content.organisation import Organisation
from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import MONTHS, sentences

_DAY = lazy(rf"\b(?:(\d{{1,2}})\.[ \u00a0])?({'|'.join(MONTHS)})[ \u00a0]((?:19|20)\d\d)\b", re.IGNORECASE)
_DID = lazy(
    r"\b(?:behandlede|godkendte|tiltrådte|vedtog|drøftede|besluttede|udsatte|indstillede|anbefalede|tog|blev|sendte|modtog|nedsatte|afviste)\b"
)
_ELSEWHERE = lazy(
    r"(?:udvalget|forvaltningen)s? i [A-ZÆØÅ]|\b(?!Københavns\b)[A-ZÆØÅ][a-zæøå]+ (?:Kommune|Byråd)|\b(?:kommuner|kommunerne|byråd)\b"
)
_BODY = lazy(
    r"(?<![\w-])((?:[A-ZÆØÅ][a-zæøå]+-, )?[A-ZÆØÅ][a-zæøå]+-) og ([A-ZÆØÅ][a-zæøå]+?)(udvalget|forvaltningen)(s?)(?![\w-])"
)
_PAIR = lazy(r"(?<![\w-])(?:[A-ZÆØÅ][a-zæøå]+-, )?[A-ZÆØÅ][a-zæøå]+- og [A-ZÆØÅ][a-zæøå]{6,}(?![\w-])")
_SMALL = lazy(r"(?<![\w./@#-])([a-zæøå]{4,40}(?:udvalget|forvaltningen|repræsentationen))(s?)(?![\w-])")
_CAPITAL = lazy(r"[A-ZÆØÅ](?<![\w-].)[a-zæøå]{11,40}(?![\w-])")  # its first letter first: that is found fast


def _days(text: str) -> list[tuple[int, datetime.date]]:
    found = []
    for match in _DAY.finditer(text):
        try:
            found.append(
                (match.end(), datetime.date(int(match[3]), MONTHS.index(match[2].lower()) + 1, int(match[1] or 1)))
            )
        except ValueError:
            return []
    return found


def _on_its_day(reading: Reading) -> Iterator[Hit]:
    """`Den 14. april 2026 behandlede …udvalget`, which had another name then."""
    if reading.organisation is None or not _DID.search(reading.joined):
        return
    names = sorted({str(body.name) for body in reading.organisation.bodies}, key=lambda name: (-len(name), name))
    for passage, start, text in sentences(reading):
        days = _days(text) if _DID.search(text) else []
        if len(days) != 1:
            continue
        _, day = days[0]
        valid = {str(body.name) for body in reading.organisation.bodies if body.is_valid(day)}
        for name in (name for name in names if name in text and name not in valid):
            at = text.index(name)
            if not any(name in other and other in text for other in names if other != name):
                words = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
                yield Hit(passage, start + at, start + at + len(name), f"navnet gjaldt ikke den {words}")


def _one_word_names(organisation: Organisation | None) -> dict[str, str]:
    """The registered names of one word, by the same in small letters."""
    names = (str(body.name) for body in organisation.bodies) if organisation else ()
    return {name.lower(): name for name in names if name.isalpha()}


def _without_capital(reading: Reading) -> Iterator[Hit]:
    names = _one_word_names(reading.organisation)
    if not any(name in reading.joined for name in names):
        return
    for passage in reading.passages:
        for match in _SMALL.finditer(passage.text) if " " in passage.text else ():
            if match[1] in names and not _ELSEWHERE.search(passage.text):
                yield Hit(passage, match.start(), match.end(), "navnet skrives med stort", names[match[1]] + match[2])


@lru_cache(maxsize=4)
def _long_names(organisation: Organisation) -> tuple[tuple[str, str], ...]:
    """The registered names of several words, each with the same in small letters."""
    names = sorted({str(body.name) for body in organisation.bodies if " og " in body.name})
    return tuple((name, name.lower()) for name in names)


def _without_capitals(reading: Reading) -> Iterator[Hit]:
    """`beskæftigelses- og integrationsudvalget`: a registered name of several words in small letters."""
    names = _long_names(reading.organisation) if reading.organisation else ()
    for name, small in names:
        for passage in reading.passages if small in reading.joined else ():
            at = passage.text.find(small)
            while at >= 0:
                end = at + len(small)
                before, after = passage.text[at - 1 : at], passage.text[end : end + 2].removeprefix("s")[:1]
                ends = not before.isalnum() and not after.isalnum() and not {before, after} & {"-", "/"}
                if ends and " " in passage.text and not _ELSEWHERE.search(passage.text):
                    yield Hit(passage, at, end, "navnet skrives med stort", name)
                at = passage.text.find(small, end)


def _not_registered(reading: Reading) -> Iterator[Hit]:
    """`Børne- og Undervisningsforvaltningen`, where the register has one that begins so, and is called otherwise."""
    if reading.organisation is None:
        return
    names = {str(body.name) for body in reading.organisation.bodies}
    for passage in reading.passages:
        for match in _BODY.finditer(passage.text):
            name = f"{match[1]} og {match[2]}{match[3]}"
            begins, ends = f"{match[1]} og ", match[3]
            alike = sorted(other for other in names if other.startswith(begins) and other.endswith(ends))
            if name not in names and alike and not _ELSEWHERE.search(passage.text):
                right = alike[0] + match[4] if len(alike) == 1 else None
                yield Hit(passage, match.start(), match.end(), "navnet står ikke i organisation.yaml", right)


def _misspelt(reading: Reading) -> Iterator[Hit]:
    """`Borgerrepresentationen`: a letter from a registered name of one word."""
    names = _one_word_names(reading.organisation)
    longer = {name for name, _ in _long_names(reading.organisation)} if reading.organisation else set[str]()
    for passage in reading.passages if names else ():
        for match in _CAPITAL.finditer(passage.text):
            word = match[0].lower()
            near = [name for lowered, name in names.items() if word not in names and _is_near(word, lowered)]
            if len(near) == 1 and word.removesuffix("s") not in names:
                yield Hit(passage, *match.span(), "navnet er stavet forkert", near[0])
        for match in _PAIR.finditer(passage.text) if longer else ():
            same = match[0].removesuffix("s")
            close = [name for name in longer if name != same and _is_near(match[0].lower(), name.lower())]
            if len(close) == 1 and not {match[0], same} & longer:
                yield Hit(passage, *match.span(), "navnet er stavet forkert", close[0])


def _is_near(word: str, name: str) -> bool:
    """Whether a word is a name with one letter left out, put in or changed, or two turned round, and not its genitive."""
    if abs(len(word) - len(name)) > 1 or word == f"{name}s":
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), min(len(word), len(name))
    )
    first, last = word[start:], name[start:]
    if first[:2] == last[1::-1] and first[2:] == last[2:]:
        return True
    return first[1:] == last[1:] or first[1:] == last or first == last[1:]


RULES: tuple[Rule, ...] = (
    Rule(
        "DG408", "Navnet gælder på sætningens dag", Severity.WARNING, "organisation.yaml",
        ("Den 4. marts 2024 godkendte Teknik- og Miljøudvalget planen.", "Den 9. juni 2026 behandlede Klima-, Miljø- og Teknikudvalget sagen."),
        ("Den 14. april 2026 behandlede Teknik- og Miljøudvalget sagen.", "I november 2023 godkendte Klima-, Miljø- og Teknikudvalget planen."), _on_its_day, needs="organisation",
    ),
    Rule(
        "DG409", "Udvalg og forvaltninger med stort", Severity.WARNING, "organisation.yaml; Retskrivningsordbogen § 12",
        ("Sagen går til Økonomiudvalget.", "Andre kommuner har et økonomiudvalg.", "Aarhus Kommune har sendt den til økonomiudvalget."), ("Sagen går til økonomiudvalget.", "efter socialforvaltningens svar", "økonomiudvalget godkendte planen.", "Den er sendt til beskæftigelses- og integrationsudvalget."),
        lambda reading: [*_without_capital(reading), *_without_capitals(reading)], fixable=True, needs="organisation",
    ),
    Rule(
        "DG410", "Navnet findes", Severity.WARNING, "organisation.yaml",
        ("Børne- og Ungdomsforvaltningen har svaret.", "Børne- og Undervisningsudvalget i Gladsaxe Kommune"), ("Børne- og Undervisningsforvaltningen har svaret.",), _not_registered, needs="organisation",
    ),
    Rule(
        "DG411", "Navne stavet rigtigt", Severity.WARNING, "organisation.yaml",
        ("Borgerrepræsentationens møde",), ("Den forelægges Borgerrepresentationen.",), _misspelt, needs="organisation",
    ),
)  # fmt: skip
"""The rules of offices in a sentence."""
