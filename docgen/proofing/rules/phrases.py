"""Phrases that have one form: the preposition after a word, `ad gangen`, `lægge vægt på`, `nogen` and `nogle`."""

from __future__ import annotations

import re

from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Rule, pattern_rule

_LAY = {"ligge": "lægge", "ligger": "lægger", "lå": "lagde", "ligget": "lagt"}


def _some(match: re.Match[str]) -> str | None:
    """`nogle leverandører`; only before a noun that is a plural and nothing else."""
    form = form_of(match[2])
    is_plural = form & Form.PLURAL_NOUN and not form & ~(Form.PLURAL_NOUN | Form.KNOWN | Form.BEGINS | Form.PRESENT)
    return f"{match[1]}nogle {match[2]}" if is_plural else None


def _any(match: re.Match[str]) -> str | None:
    """`ikke nogen klager`"""
    form = form_of(match[2])
    is_noun = form & (Form.PLURAL_NOUN | Form.SINGULAR_NOUN) and not form & (Form.ADJECTIVE_E | Form.OTHER)
    return f"{match[1]}nogen {match[2]}" if is_noun else None


def _lay(match: re.Match[str]) -> str:
    return _LAY[match[1]] + match[2]


RULES: tuple[Rule, ...] = (
    pattern_rule(
        "DG391", "ad gangen, hen ad vejen", r"\b((?:én|en|et|ét|lidt|[2-9]|to|tre|fire|fem|flere|år|måneder|dage|timer|måned|uge|dag|sag|person|personer|borgere|børn|elever|time|sager|uger|stykker) )af gangen\b|\b(hen )af (året|måneden|dagen|aftenen|efteråret|foråret|sommeren|åen|kanalen|havnen|muren|kysten)\b|\b(hen |op |ned |ud )af (vejen|gaden|trappen|trapperne|bakken|stien|væggen|muren|skrænten|skråningen|åen|floden)\b",
        lambda m: f"{m[1]}ad gangen" if m[1] else f"{m[2] or m[4]}ad {m[3] or m[5]}", "her hedder det ”ad”", "Retskrivningsordbogen: ad",
        ["én ad gangen", "af gangen på skolen", "ud af bygningen"], ["De kaldes ind én af gangen.", "Indsatsen udvides hen af vejen."], words=["af"], glance=r" af (?:gangen|(?<=[npd] af ))",
    ),
    pattern_rule(
        "DG392", "Ordets forholdsord", r"\b(mulighed(?:en|er|erne)? )(?:på|til|om) (?=at\b)|\b(ansvarlige? )(?:på|om|over) (?=\w+(?:en|et|ne)\b)|\b(tag(?:e|er|et)|tog) stilling (?:om|på|for)(?= \w)"
        r"|\b(ansvar(?:et)?) (?=at\b)|\b(forpligtet) for (?=at\b)",
        lambda m: f"{m[1]}for " if m[1] else f"{m[2]}for " if m[2] else f"{m[3]} stilling til" if m[3] else f"{m[4]} for " if m[4] else f"{m[5]} til ",
        "ordet tager et andet forholdsord", "Den Danske Ordbog",
        ["mulighed for at klage", "ansvarlig for driften", "tage stilling til sagen", "forpligtet til at betale"],
        ["Borgerne har mulighed på at klage.", "Den er ansvarlig på driften.", "Udvalget har taget stilling om forslaget.", "Den har ansvaret at følge op.", "Den er forpligtet for at yde støtte."],
        fixable=False,
    ),
    pattern_rule(
        "DG393", "nogle leverandører", r"((?:^|[.,] )[Dd]er (?:er|var|findes) )nogen ([a-zæøå]{4,})\b(?=,? (?:som|der|har|er|på|i|med))", _some, "før flertal hedder det ”nogle”, når der ikke spørges eller nægtes", "Dansk Sprognævn: nogen eller nogle",
        ["Der er nogle borgere, som bor her.", "Er der nogen borgere, som spørger?", "Der er nogen, der spørger."], ["Der er nogen leverandører, som ikke svarer."], fixable=False, words=["nogen"],
    ),
    pattern_rule(
        "DG394", "ikke nogen", r"\b(ikke (?:modtaget |fået |haft |set |fundet )?)nogle ([a-zæøå]{4,})\b", _any, "efter ”ikke” hedder det ”nogen”", "Dansk Sprognævn: nogen eller nogle",
        ["ikke nogen indvendinger", "ikke nogle af dem", "nogle klager"], ["Udvalget har ikke nogle indvendinger.", "De har ikke modtaget nogle klager."], fixable=False, words=["nogle"],
    ),
    pattern_rule(
        "DG395", "lægge og ligge", r"\b(ligge|ligger|lå|ligget)( (?:stor |særlig |stadig |afgørende )?(?:vægt på|op til|sag an|planer for|afstand til|pres på))\b", _lay, "det hedder ”lægge”, når nogen gør det", "Retskrivningsordbogen: lægge, ligge",
        ["lægge vægt på kvalitet", "Skolen ligger ved søen.", "at ligge i forlængelse af planen"], ["Kommunen skal ligge vægt på det.", "Forvaltningen ligger op til en ændring."], fixable=False, words=["ligge", "ligger", "lå", "ligget"],
    ),
    pattern_rule(
        "DG396", "hver enkelt, til efterretning", r"\b([Vv])ær enkelt\b|(\b(?:at|,) (?:[A-ZÆØÅ][a-zæøå]+-? ?(?:og )?)*[A-ZÆØÅ]?[a-zæøå]*(?:udvalget|repræsentationen) tager) til efterretning\b",
        lambda m: f"{'H' if m[1] == 'V' else 'h'}ver enkelt" if m[1] else f"{m[2]} orienteringen til efterretning", "her er et ord galt", "Retskrivningsordbogen",
        ["for hver enkelt borger", "at udvalget tager orienteringen til efterretning"], ["for vær enkelt borger", "Det indstilles, at Økonomiudvalget tager til efterretning."], fixable=False,
    ),
)  # fmt: skip
"""The rules of phrases."""
