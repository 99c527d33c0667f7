"""Names of committees and administrations by the register, and the words for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.content.organisation import Organisation
from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy

_LETTERS = re.compile(r"[A-Za-zÆØÅæøåÉé]+")


@lru_cache(maxsize=4)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """For each name of several words its first and its last word and a pattern for its words, however they are joined;
    the first without its joint."""
    found = []
    for name in names:
        words = [word for word in _LETTERS.findall(name) if word != "og"]
        if len(words) > 1 and "-" in name:
            joint = r"(?:[\s,–&-]+(?:og[\s,–-]+)?)"
            first = [re.escape(word[:-1]) + "s?" if word.endswith("s") else re.escape(word) for word in words[:-1]]
            pattern = lazy(r"\b" + joint.join([*first, re.escape(words[-1])]) + r"(s?)\b")
            found.append((name, words[0].removesuffix("s"), words[-1], pattern))
    return tuple(found)


def _names(organisation: Organisation) -> tuple[str, ...]:
    return tuple(sorted({str(body.name) for body in organisation.bodies}, key=lambda name: (-len(name), name)))


def _wrong_joins(reading: Reading) -> Iterator[Hit]:
    if reading.organisation is None:
        return
    patterns = _patterns(_names(reading.organisation))
    everything = reading.joined.replace("\u00a0", " ")
    near = [
        (name, pattern)
        for name, first, last, pattern in patterns
        if last in everything and first in everything and pattern.search(everything)
    ]
    for passage in reading.passages if near else ():
        plain = passage.text.replace("\u00a0", " ")
        for name, pattern in near:
            for match in pattern.finditer(plain):
                right = name + match[1]
                if " ".join(match[0].split()) != right:
                    yield Hit(passage, match.start(), match.end(), "navnet er sat forkert sammen", right)


@lru_cache(maxsize=4)
def _split_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """`Økonomi Forvaltningen`, `Økonomi-forvaltningen`: a name of one word as two."""
    parts = [
        match for name in names if (match := re.fullmatch(r"([A-ZÆØÅ][a-zæøå]+?)(forvaltning|udvalg)(en|et)", name))
    ]
    found = [
        rf"({re.escape(part[1])})[ -]([{part[2][0]}{part[2][0].upper()}]{part[2][1:]})({part[3]}s?)\b" for part in parts
    ]
    return re.compile(r"\b(?:" + ("|".join(found) or "(?!)") + ")")


_SECOND_PART = re.compile(r"[FfUu](?<=[ -].)(?:orvaltning|dvalg)")


def _split_names(reading: Reading) -> Iterator[Hit]:
    if reading.organisation is None:
        return
    if not _SECOND_PART.search(reading.joined):
        return
    pattern = _split_pattern(_names(reading.organisation))
    for passage in reading.passages if pattern.search(reading.joined) else ():
        for match in pattern.finditer(passage.text):
            first, second, last = (part for part in match.groups() if part is not None)
            yield Hit(passage, match.start(), match.end(), "navnet er ét ord", f"{first}{second.lower()}{last}")


def _wrong_short_forms(reading: Reading) -> Iterator[Hit]:
    """`Økonomiudvalget (ØKF)`: the short form of another body."""
    if reading.organisation is None or not re.search(r"\([A-ZÆØÅ]{2,4}\)", reading.joined):
        return
    shorts = {str(body.short) for body in reading.organisation.bodies if body.short}
    right: dict[str, set[str]] = {}
    for body in reading.organisation.bodies:
        if body.short:
            right.setdefault(str(body.name), set()).add(str(body.short))
    for passage in reading.passages:
        for match in re.finditer(r"((?:[A-ZÆØÅ][\wæøå-]*+(?:, | og | )){1,12}+)\(([A-ZÆØÅ]{2,4})\)", passage.text):
            name = next(
                (known for known in sorted(right, key=len, reverse=True) if match[1].strip().endswith(known)), None
            )
            if name is not None and match[2] in shorts and match[2] not in right[name]:
                words = f"({sorted(right[name])[0]})"
                yield Hit(
                    passage, match.start(2) - 1, match.end(), f"{match[2]} er den korte form af noget andet", words
                )


@lru_cache(maxsize=4)
def _any_case(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + ("|".join(map(re.escape, names)) or "(?!)") + r")(?=s?\b)(?!-)", re.IGNORECASE)


def _letters(reading: Reading) -> Iterator[Hit]:
    """A registered name with a small letter where it has a capital one, or the other way."""
    if reading.organisation is None:
        return
    proper = [str(entry.long) for entry in reading.glossary.abbreviations] if reading.glossary else []
    proper = [name for name in proper if sum(word[0].isupper() for word in name.split()) > 1]
    names = {name.lower(): name for name in (*_names(reading.organisation), *proper)}
    pattern = _any_case(tuple(sorted(names, key=lambda name: (-len(name), name))))
    for passage in reading.passages if pattern.search(reading.joined) else ():
        for match in pattern.finditer(passage.text):
            right = names[match[0].lower()]
            starts = match[0] == right[0].upper() + right[1:]
            if match[0] != right and not starts and not match[0].isupper():
                yield Hit(passage, match.start(), match.end(), "navnet har store og små bogstaver som her", right)


def _wrong_abbreviations(reading: Reading) -> Iterator[Hit]:
    """`Staten og Kommunernes Indkøbsservice (SIK)`: the letters of the glossary's abbreviation in another order."""
    for entry in reading.glossary.abbreviations if reading.glossary else ():
        short, long = str(entry.short), str(entry.long)
        for passage in reading.passages if long in reading.joined else ():
            for match in re.finditer(rf"{re.escape(long)} \(([A-ZÆØÅ]{{2,6}})\)", passage.text):
                if match[1] != short and sorted(match[1]) == sorted(short):
                    yield Hit(passage, match.start(1), match.end(1), "forkortelsen er en anden", short)


def _administration_recommends_to_itself(reading: Reading) -> Iterator[Hit]:
    pattern = re.compile(
        r"(?<!\w)(\w*forvaltningen) indstiller,? (?:at|over for) (\w*forvaltningen)(?=,| over for | anbefaler| godkender)"
    )
    for passage in reading.passages if "forvaltningen indstiller" in reading.joined else ():
        for match in pattern.finditer(passage.text):
            yield Hit(passage, match.start(2), match.end(2), "her skal stå et udvalg, ikke en forvaltning")


def _not_valid(reading: Reading) -> Iterator[Hit]:
    """A name that was not in use on the day of the document; it may be meant, so it is a hint."""
    if reading.organisation is None or reading.day is None:
        return
    valid = {str(body.name) for body in reading.organisation.bodies if body.is_valid(reading.day)}
    gone = {str(body.name) for body in reading.organisation.bodies} - valid
    for passage in reading.passages:
        for name in sorted(gone):
            for match in re.finditer(rf"\b{re.escape(name)}", passage.text):
                yield Hit(passage, match.start(), match.end(), "navnet gælder ikke på dokumentets dato")


RULES: tuple[Rule, ...] = (
    Rule(
        "DG401", "Navne sat rigtigt sammen", Severity.WARNING, "organisation.yaml",
        ("Kultur-, Fritids- og Borgerserviceudvalget", "Klima-, Miljø- og Teknikforvaltningens"),
        ("Kultur, - Fritids, - og Borgerserviceudvalget", "Klima-, Miljø, og Teknikforvaltningen",
         "Beskæftigelses- Integrations og Erhvervsudvalget", "Teknik og Miljøudvalgets"),
        _wrong_joins, fixable=True, needs="organisation",
    ),
    Rule(
        "DG402", "Navnet gælder på dagen", Severity.HINT, "organisation.yaml",
        ("Teknik- og Miljøudvalget",), ("Klima-, Miljø- og Teknikudvalget",), _not_valid, needs="organisation 2024",
    ),
    Rule(
        "DG405", "Navne på ét ord", Severity.WARNING, "organisation.yaml",
        ("Økonomiforvaltningens budget", "Social- og Sundhedsforvaltningen"),
        ("Økonomi Forvaltningen har ansvaret", "Økonomi-forvaltningens budget", "Social Udvalget"), _split_names,
        fixable=True, needs="organisation",
    ),
    Rule(
        "DG406", "Store og små bogstaver i navne", Severity.HINT, "organisation.yaml; Retskrivningsordbogen § 12",
        ("Økonomiudvalget har svaret.", "ØKONOMIUDVALGET", "økonomiudvalg"), ("Sagen går til økonomiudvalget.", "i klima-, miljø- og teknikudvalget"),
        _letters, needs="organisation",
    ),
    Rule(
        "DG407", "Forkortelsen er ordlistens", Severity.WARNING, "glossary.yaml",
        ("prøveselskab for offentlige ting (PFO)",), ("prøveselskab for offentlige ting (POF)",), _wrong_abbreviations, needs="glossary",
    ),
    Rule(
        "DG403", "Kort form efter det rigtige navn", Severity.WARNING, "organisation.yaml",
        ("Økonomiudvalget (ØU)", "Økonomiforvaltningen (ØKF)"), ("Økonomiudvalget (ØKF)", "Økonomiforvaltningen (ØU)"),
        _wrong_short_forms, fixable=False, needs="organisation",
    ),
    Rule(
        "DG404", "Forvaltningen indstiller til et udvalg", Severity.ERROR, "Københavns Kommunes dagsordener på kk.dk: forvaltningen indstiller, udvalget beslutter",
        ("Socialforvaltningen indstiller, at Socialudvalget godkender",),
        ("Socialforvaltningen indstiller, at Socialforvaltningen godkender",
         "Økonomiforvaltningen indstiller, at Økonomiforvaltningen over for Borgerrepræsentationen anbefaler"),
        _administration_recommends_to_itself,
    ),
)  # fmt: skip
"""The rules of names."""
