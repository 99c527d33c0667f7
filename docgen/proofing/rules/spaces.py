"""Spaces, and figures that are put together wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy, pattern_rule


def _grouped(match: re.Match[str]) -> str:
    """`2325750` -> `2.325.750`"""
    return f"{int(match[1]):,}".replace(",", ".")


_TIME = lazy(r"(?:\b[Kk]l(?:\.|okken)[ \u00a0]|(?<=\d[-–]))(\d{1,2})(?:[.:](\d\d))?\b(?![.:,]?\d)")
_TIMES = lazy(r"\b[Kk]l(?:\.|okken)[ \u00a0]\d{1,2}(?:[.:]\d\d)?(?:[-–]\d{1,2}(?:[.:]\d\d)?)?")


def _no_such_time(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        told = [
            match for times in _TIMES.finditer(passage.text) for match in _TIME.finditer(passage.text, *times.span())
        ]
        for match in told:
            hour, minute = int(match[1]), int(match[2] or 0)
            if (hour > 23 or minute > 59) and (hour, minute) != (24, 0):
                yield Hit(passage, match.start(), match.end(), "det klokkeslæt er der ikke")


RULES: tuple[Rule, ...] = (
    pattern_rule(
        "DG352", "Ét mellemrum mellem ord", r"(?<=[a-zæøåA-ZÆØÅ,;])  (?=[a-zæøå])", " ",
        "der er to mellemrum", "Dansk Standard DS 2015",
        ["et ord", "Navn     Adresse", "slut.  Så"], ["Forvaltningen har  svaret", "ja,  men", "et  og to"],
    ),
    pattern_rule(
        "DG353", "Mellemrum efter komma", r"(?<=[a-zæøå]),(?=(?:men|og|at|som|der|hvor|når|hvis|fordi|eller|så|da|mens|idet|samt|dog|heraf|hvoraf|hvilket|herunder)\b)|(?<=[a-zæøå]{4}),(?=[a-zæøå]{4})(?! ?[^ ]*[/=@])", ", ",
        "der mangler mellemrum efter kommaet", "Retskrivningsordbogen § 46 ff.",
        ["sagen, men", "3,5", "a,b"], ["Udvalget drøftede sagen,men besluttede intet.", "ved,at det sker", "planen,som"], glance=r",[a-zæøå]",
    ),
    pattern_rule(
        "DG354", "Parenteser sluttet om deres ord", r"\([ \u00a0]+(?=[\wæøåÆØÅ])|(?<=[\wæøå.])[ \u00a0]+\)", lambda m: m[0].strip(),
        "der er mellemrum indeni parentesen", "Retskrivningsordbogen § 58",
        ["(se bilag 1)", "a) og b)"], ["( se bilag 1)", "(se bilag 1 )", "( se"],
    ),
    pattern_rule(
        "DG355", "Mellemrum efter et led med bindestreg", r"\b([a-zæøåA-ZÆØÅ]{3,}-)(og|eller|samt) (?=[a-zæøåA-ZÆØÅ][a-zæøå]{2,})|\b(ikke)- (?=[a-zæøå]{4,})", lambda m: f"{m[1]} {m[2]} " if m[1] else f"{m[3]}-",
        "mellemrummet ved bindestregen er galt", "Retskrivningsordbogen § 57",
        ["drifts- og anlægsopgaver", "land-og-by"], ["drifts-og anlægsopgaver", "køb-eller lejeaftaler", "service-og bygge", "Teknik-og Miljøudvalget", "de ikke- vestlige elever"], glance=r"-(?:(?:og|eller|samt) | (?<=ikke- ))",
    ),
    pattern_rule(
        "DG356", "Punktum i store tal", r"(?<![\w.,/:-])([1-9]\d{4,8})(?=(?:,\d\d?)?[ \u00a0](?:kr\.|kroner|borgere|indbyggere|ton\b|euro\b))", _grouped,
        "tusinder skilles med punktum", "Folketingets retskrivningsvejledning",
        ["2.325.750 kr.", "1250 kr.", "sag 2024123456"], ["2325750 kr.", "56000 borgere", "i alt 250000 kroner"], figures=True, glance=r"\d{5}",
    ),
    pattern_rule(
        "DG357", "Mellemrum foran kr. og pct., og efter nr. og pkt.", r"(?<![\w.,/-])(\d[\d.]*(?:,\d+)?)(kr\.|pct\.|mio\.(?= )|mia\.(?= ))(?!\w)(?<!mio\.)(?<!mia\.)|\b([Nn]r|[Pp]kt|[Ss]tk|[Kk]ap)\.(?=\d)", lambda m: f"{m[1]} {m[2]}" if m[1] else f"{m[3]}. ",
        "der mangler mellemrum", "Retskrivningsordbogen § 62",
        ["500 kr.", "40 pct.", "3,9 mia. kr."], ["500.000kr. til puljen", "40pct. af", "12,5pct.", "under pkt.4", "bilag nr.5"], figures=True, glance=r"[\d.](?:(?:kr|pct|mio|mia)\.|(?<=[rtkp]\.)\d)",
    ),
    Rule(
        "DG358", "Klokkeslættet findes", Severity.WARNING, "Urets 24 timer",
        ("kl. 23.59", "kl. 24.00", "kl. 9"), ("kl. 24.30", "kl. 25", "kl. 14.75", "kl. 9.00-25.00"), _no_such_time,
    ),
    pattern_rule(
        "DG359", "Titler med lille", r"(?<=[a-zæøå,;] )(Overborgmesteren|Borgmesteren|Rådmanden|Kommunaldirektøren|Stadsdirektøren|Regeringen)(s?)\b|(?<=[a-zæøå,;] )(?:[A-ZÆØÅ][a-zæøå]*(?:leder|chef|direktør|konsulent|koordinator)|Formand|Direktør|Borgmester)(?= [A-ZÆØÅ][a-zæøå])", lambda m: m[0][0].lower() + m[0][1:],
        "titler skrives med lille", "Retskrivningsordbogen § 12",
        ["Mødet ledes af overborgmesteren.", "Overborgmesteren åbnede mødet."], ["Mødet ledes af Overborgmesteren.", "svar fra Borgmesteren", "ifølge Kommunaldirektørens notat", "hvor Centerleder Mette viste rundt", "brev til Regeringen"],
    ),
)  # fmt: skip
"""The rules of spaces and of how figures are put together."""
