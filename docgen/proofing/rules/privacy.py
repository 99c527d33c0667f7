"""What must not be published of people: CPR numbers, private telephone and e-mail."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy

_DASH = "\\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
_BLANK = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
# Six digits of a day and four more: `010190-1234`, `01 01 90 1234`, `01.01.90-1234`, `01-01-1990-1234`, also after a letter.
_CPR = lazy(
    rf"(?<![\d.,/-])(?:(?=\d\d[{_BLANK}]?\d\d[{_BLANK}]?\d\d(?:[{_BLANK}]?[{_DASH}][{_BLANK}]?|[{_BLANK}]|\d))|(?=\d\d([./{_DASH}])\d\d\1(?:19|20)?\d\d[{_BLANK}]?[{_DASH}.][{_BLANK}]?\d{{4}}))"
    rf"(\d{{2}})[{_BLANK}./{_DASH}]?(\d{{2}})[{_BLANK}./{_DASH}]?(?:(?:19|20)(?=\d\d[{_BLANK}]?[{_DASH}.]))?(\d{{2}})(?:[{_BLANK}]?[{_DASH}.][{_BLANK}]?|[{_BLANK}]|(?=\d{{4}}))(\d)(\d{{3}})(?![\d/]|[.,]\d|[{_DASH}]\d)",
    glance=r"\d\d.{0,3}\d\d.{0,3}\d\d",
)
# Words of things that are numbered: what follows is no person, unless it has a person's check digit, too.
_OTHER_NUMBER = lazy(
    r"\b(?:(?:P|CVR|SE|EAN|GLN)-?(?:nr|nummer)|(?:\w*?(?:faktura|ordre|vare|kontrakt|konto|serie|måler|licens|rekvisition|reference|løbe|bestilling|følge|parti|spor|sporing|pakke|"
    r"protokol|kode|stregkode|tegning|matrikel|kvittering|nøgle|udgave|version|sagen?|sag|bog|arkiv|journal|abonnement|police|chassis|stel|katalog))\w*)\b[^\n;!?]{0,30}$",
    re.I,
)
_PERSON = lazy(
    r"\b(?:cpr\w*|person\w*|vedkommende\w*|født|ansøger\w*|borger\w*|barnet?s?|elev\w*|klager\w*|patient\w*|søn\w*|datter\w*|mor|far|moderen|faderen|lejer\w*|medarbejder\w*)\b",
    re.I,
)
PERHAPS_CPR = "DG607"
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_FOUR_PAIRS = r"\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d"
_PHONE = lazy(
    r"\b(?:tlf|telefon|(?:mobil|mobiltelefon|privattelefon)(?: er\b| på\b)?)\b\.?(?:nr\.|nummer)?:? ?((?:\+45 ?)?(?:\d{2} ?){3}\d{2})(?!\d)",
    re.I,
    glance=_FOUR_PAIRS,
)
_PRIVATE_PHONE = lazy(
    r"\b(?:privat\w*|hjemme(?:nummer|nr|telefon)\w*|(?:ansøger|borger|klager|lejer|elev|moder|fader|vidne|barn|nabo|patient)(?:en|ens|n|ns|et|ets|t|ts|s)?|forældre\w*|hendes|hans|pårørendes?)\b(?:[^\n.]|tlf\.|nr\.){0,40}?"
    r"(?<![\d.,-])((?:(?:\+|00)45[ -]?)?[2-9]\d(?:[ .-]?\d{2}){3})(?![\d-]|[.,]\d)",
    re.I,
    glance=_FOUR_PAIRS,
)
_MAIL = lazy(
    r"[\w.+-]+@(?:gmail|hotmail|outlook|live|yahoo|icloud|me|msn|protonmail|mail|stofanet|tdcadsl|youmail|post\d?\.tele|jubii|gmx)"
    r"\.(?:com|dk|me|net)\b",
    re.I,
)


def is_cpr(day: int, month: int, year: int, seventh: int) -> bool:
    """Whether the digits begin with a day that was: the seventh digit tells the century (CPR-kontoret).

    Modulus 11 is no proof since 2007, so it is not asked for.
    """
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    try:
        datetime.date(century + year, month, day)
    except ValueError:
        return False
    return True


def _has_check_digit(digits: str) -> bool:
    """Modulus 11, which all numbers had until 2007 and nearly all have since (CPR-kontoret)."""
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def _cpr(reading: Reading) -> Iterator[Hit]:
    for passage, match, is_sure in _numbers(reading):
        if is_sure:
            yield Hit(passage, match.start(), match.end(), "det ligner et CPR-nummer og må ikke offentliggøres")


def _perhaps_cpr(reading: Reading) -> Iterator[Hit]:
    for passage, match, is_sure in _numbers(reading):
        if not is_sure:
            yield Hit(
                passage, match.start(), match.end(), "det kan være et CPR-nummer; er det, må det ikke offentliggøres"
            )


def _numbers(reading: Reading) -> Iterator[tuple[Passage, re.Match[str], bool]]:
    """Numbers that begin with a day, and whether they are sure: they have a person's check digit, or a person is named
    beside them. What only has the form after the name of a thing is left out."""
    for passage in reading.with_figures.passages:
        for match in _CPR.finditer(passage.text):
            if not is_cpr(int(match[2]), int(match[3]), int(match[4]), int(match[5])):
                continue
            before, after = passage.text[max(0, match.start() - 60) : match.start()], passage.text[match.end() :][:60]
            has_check_digit = _has_check_digit("".join(match.groups()[1:]))
            if has_check_digit or _PERSON.search(before):
                yield passage, match, True
            elif not _OTHER_NUMBER.search(before):
                yield passage, match, bool(_PERSON.search(after))


def _phone(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _PHONE.finditer(passage.text):
            yield Hit(passage, match.start(1), match.end(1), "telefonnummer; er det privat, skal det ud")


def _private_phone(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _PRIVATE_PHONE.finditer(passage.text):
            if re.search(
                r"telefon|tlf|mobil|nummer|\bring|sms|privat", f"{match[0]} {passage.text[: match.start()]}", re.I
            ):
                yield Hit(passage, match.start(1), match.end(1), "privat telefonnummer")


_ACCOUNT = lazy(
    r"\b(?:konto\w*|nemkonto)\b[^\n\d]{0,25}\d{4}[^\n\d]{1,15}\d{6,10}\b|\bkonto\w*\b[^\n\d]{0,20}\d{6,10}\b|(?<!\d )\b(?!(?:(?:19|20)\d\d ){3}(?:19|20)\d\d\b)\d{4} \d{4} \d{4} \d{4}\b(?! \d)",
    re.I,
    glance=r"\d{4}(?:\d\d| \d{4})",
)


def _accounts(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _ACCOUNT.finditer(passage.text):
            around = passage.text[max(0, match.start() - 60) : match.end()]
            if re.match(r"\d", match[0]) or _PERSON.search(around) or "nemkonto" in match[0].lower():
                yield Hit(passage, match.start(), match.end(), "konto eller kort; er det en borgers, skal det ud")


_BORN = lazy(r"\b(?:født|f\.) (?:den )?\d{1,2}\.(?:\d{1,2}\.| [a-z]{3,9} )\d{4}", re.I)
_LIVES = lazy(
    r"\b[A-ZÆØÅ][\wæøåÆØÅ]*(?:gade|vej|vejen|allé|stræde|plads|torv|vænget|parken|boulevard|kaj|have)n? \d+|\b(?:Allé|Vej|Gade|Plads|Boulevard|Kaj|Strand) \d+|\bpå [A-ZÆØÅ]\w+vej \d+"
)


def _born_and_lives(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _BORN.finditer(passage.text):
            if _LIVES.search(passage.text, max(0, match.start() - 120), match.end() + 120):
                yield Hit(passage, match.start(), match.end(), "fødselsdag og adresse peger på en person; tag dem ud")


def _mail(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if "@" in reading.joined else ():
        for match in _MAIL.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "privat e-mailadresse")


RULES: tuple[Rule, ...] = (
    Rule(
        "DG601", "CPR-numre", Severity.ERROR, "Databeskyttelsesloven § 11",
        ("sagsnummer 2015-0061783", "310299 borgere", "beløbet 320199-1234", "EAN 5798009811578"),
        ("ansøger 010190-1234", "CPR 2902004567", "født 311299 1234", "cpr010190-1234", "CPR 01.01.90-1234", "født 01-01-1990–1234", "CPR 01 01 90 1234", "ansøger 010190‑1234", "ansøger 01.01.90.1234"), _cpr,
    ),
    Rule(
        "DG602", "Telefonnumre", Severity.HINT, "Databeskyttelsesloven; Datatilsynets afgørelser om offentliggørelse",
        ("12 34 56 78 kr.", "telefonen ringede"), ("tlf. 12 34 56 78", "Mobil: +45 12345678", "telefon 12345678", "hendes mobil er 20 30 40 50"), _phone,
    ),
    Rule(
        "DG604", "Private telefonnumre", Severity.WARNING, "Databeskyttelsesloven; Datatilsynets afgørelser om offentliggørelse",
        ("Ring til Økonomiforvaltningen på 33 66 33 66.", "Borgerens sag 12 34 56 78 kr."), ("Privat tlf. 26-12-34-56", "Ansøgerens private telefon er 40123456.", "Ring til klageren på 60 12 34 56 efter kl. 17."),
        _private_phone,
    ),
    Rule(
        "DG605", "Konti og betalingskort", Severity.WARNING, "Databeskyttelsesloven § 6",
        ("Kommunens konto er 0216 4069170123.", "kontonummer 4069", "årene 2017 2021 2023 2024"), ("borgerens kontonummer er 9070 1622334455", "kort 4571 1234 5678 9010"), _accounts,
    ),
    Rule(
        PERHAPS_CPR, "Tal, der kan være CPR-numre", Severity.HINT, "Databeskyttelsesloven § 11; CPR-kontoret",
        ("sagsnummer 2015-0061783", "faktura 0104241234", "beløbet 320199-1234"), ("Vedlagt er 010190-1234.", "nummer 311299-4418"), _perhaps_cpr,
    ),
    Rule(
        "DG606", "Fødselsdag og adresse", Severity.WARNING, "Databeskyttelsesloven § 6",
        ("Skolen på Tagensvej 77 er fra den 3. maj 1961.",), ("N.N., født den 14. marts 1988, bor på Ryesgade 310",), _born_and_lives,
    ),
    Rule(
        "DG603", "Private e-mailadresser", Severity.WARNING, "Databeskyttelsesloven; Datatilsynets afgørelser om offentliggørelse",
        ("indkoeb@okf.kk.dk",), ("navn@gmail.com", "en.anden@hotmail.dk", "navn@live.dk"), _mail,
    ),
)  # fmt: skip
"""The rules of privacy."""
