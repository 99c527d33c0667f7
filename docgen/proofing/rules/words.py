"""Words, compounds, abbreviations, apostrophes and punctuation."""

from __future__ import annotations

import re

from docgen.proofing.rule import Rule, Severity, by_word, pattern_rule

_MISSPELT = {
    "maximalt": "maksimalt", "maximal": "maksimal", "maximum": "maksimum", "minimium": "minimum",
    "forsat": "fortsat", "tilgengæld": "til gengæld", "udfra": "ud fra", "iløbet": "i løbet", "forsåvidt": "for så vidt", "istedetfor": "i stedet for", "påny": "på ny", "tildels": "til dels", "idag": "i dag", "igår": "i går", "imorgen": "i morgen",
    "ihvertfald": "i hvert fald", "iforhold": "i forhold", "ialt": "i alt", "pågrund": "på grund", "forøvrigt": "for øvrigt",
    "tilstede": "til stede", "istand": "i stand", "igang": "i gang", "irøret": "i røret",
    "interesent": "interessent", "interesenter": "interessenter", "resurser": "ressourcer", "resource": "ressource",
    "resourcer": "ressourcer", "komision": "kommission", "kommision": "kommission", "parameterer": "parametre",
    "adskildige": "adskillige", "indkøbspolitiken": "indkøbspolitikken",
    "bæredygtihed": "bæredygtighed", "klimaftryk": "klimaaftryk", "levrandør": "leverandør", "leverendør": "leverandør", "leverendøren": "leverandøren", "leverendører": "leverandører",
    "leverandøre": "leverandører", "afrapotering": "afrapportering", "beslutingen": "beslutningen", "orintering": "orientering",
    "indtilvidere": "indtil videre", "iøvrigt": "i øvrigt", "istedet": "i stedet", "iallefald": "i alle fald", "ihht": "i henhold til",
    "konkurance": "konkurrence", "intresse": "interesse", "interesant": "interessant", "evalures": "evalueres", "evaluring": "evaluering",
    "kvallitet": "kvalitet", "kvalliteten": "kvaliteten", "budgetet": "budgettet", "anbefalling": "anbefaling",
    "anbefallinger": "anbefalinger", "anbefallingen": "anbefalingen", "bilagget": "bilaget", "leverandøeren": "leverandøren",
    "præsedens": "præcedens", "abonoment": "abonnement", "adresere": "adressere", "betalling": "betaling", "effekivt": "effektivt",
    "endvidre": "endvidere", "forvalting": "forvaltning", "forvaltingen": "forvaltningen", "hendvendelse": "henvendelse",
    "implementring": "implementering", "implemetering": "implementering", "initativ": "initiativ", "initativer": "initiativer",
    "kommisorium": "kommissorium", "kommunnen": "kommunen", "kontrak": "kontrakt", "medarbejer": "medarbejder",
    "medarbejere": "medarbejdere", "opfølging": "opfølgning", "opfølgingen": "opfølgningen", "organistation": "organisation",
    "partnerkab": "partnerskab", "redgørelse": "redegørelse", "samfunsansvar": "samfundsansvar", "sikerhed": "sikkerhed",
    "tilbudgiver": "tilbudsgiver", "tilbudgivere": "tilbudsgivere", "underskift": "underskrift", "matriale": "materiale",
    "udbudsmatriale": "udbudsmateriale", "udviking": "udvikling", "økonimi": "økonomi", "økonimisk": "økonomisk", "økonimiske": "økonomiske",
    "samarbejdspatner": "samarbejdspartner", "samarbejdspatnere": "samarbejdspartnere", "rammeaftle": "rammeaftale",
    "sammarbejde": "samarbejde", "sammarbejdet": "samarbejdet", "tilbudd": "tilbud", "tilbudet": "tilbuddet", "tilbudene": "tilbuddene",
    "orinteres": "orienteres", "orintere": "orientere", "borgerepræsentationen": "Borgerrepræsentationen", "borgerepræsentation": "borgerrepræsentation",
    "forventetet": "forventet", "kommiteen": "komiteen", "kommite": "komite", "udvalgs formand": "udvalgsformand", "erfarring": "erfaring", "erfarringer": "erfaringer",
    "vidre": "videre", "tiltrædt": "tiltrådt", "orginal": "original", "success": "succes", "successen": "succesen", "successer": "succeser", "deltagne": "deltagende",
    "proffesionel": "professionel", "proffesionelle": "professionelle", "kampange": "kampagne", "process": "proces",
    "projectet": "projektet", "comite": "komite", "akutel": "aktuel", "akutelt": "aktuelt", "kommenende": "kommende", "forsætter": "fortsætter", "forsætte": "fortsætte",
}  # fmt: skip
_PREPOSITIONS = {"overfor": "over for", "indenfor": "inden for", "udenfor": "uden for", "ovenpå": "oven på"}
_DOTS = {
    "bl.a": "bl.a.", "f.eks": "f.eks.", "feks.": "f.eks.", "feks": "f.eks.", "bla.": "bl.a.", "fx.": "fx", "dvs": "dvs.",
    "mio": "mio.", "mia": "mia.", "pct": "pct.", "ca": "ca.", "jf": "jf.", "jvf.": "jf.", "jfr.": "jf.", "jfr": "jf.", "jvnf.": "jf.", "inkl": "inkl.",
    "ekskl": "ekskl.", "vedr": "vedr.", "mht": "mht.", "ifm": "ifm.", "ift": "ift.", "hhv": "hhv.", "pga": "pga.",
    "maks": "maks.", "o.lign": "o.lign.", "m.fl": "m.fl.", "m.m": "m.m.", "etc": "etc.", "d.v.s.": "dvs.", "h.h.v.": "hhv.",
    "iht": "iht.", "osv": "osv.", "mv": "mv.", "m.v": "m.v.", "evt": "evt.", "p.g.a.": "pga.", "i.f.m.": "ifm.", "i.f.t.": "ift.", "v.h.a.": "vha.", "m.h.t.": "mht.", "mm.": "m.m.", "b.la.": "bl.a.", "b.la": "bl.a.", "fsva": "fsva.", "max": "maks.", "max.": "maks.",
}  # fmt: skip
# Mia and Max are names.
_SPELLINGS = sorted(
    {*_DOTS, *(key.capitalize() for key in _DOTS if key not in ("mia", "max", "max."))},
    key=lambda key: (-len(key), key),
)
_OFFICE_SHORT = {
    "ift.": "i forhold til", "ifm.": "i forbindelse med", "fsva.": "for så vidt angår", "mhp.": "med henblik på",
    "pba.": "på baggrund af", "ifbm.": "i forbindelse med", "ifht.": "i forhold til", "mhbp.": "med henblik på",
}  # fmt: skip
# Who can do something themselves: "stiller EU krav" is a sentence, "OPP krav" is a split word.
_ACTORS = frozenset(["SKI", "EU", "ØU", "BR", "KL", "TMU", "SUU", "BUU", "KFU", "BIU", "FN", "DI"])
_SHORT = "|".join(("OPP|OPI|CSR|IT|it|SMV|CO2|CPR|CVR|PDF|GDPR", *sorted(_ACTORS)))
_PRESENT = frozenset(("aftaler", "møder", "samarbejder"))
_INFINITIVE = frozenset(("aftale", "møde", "samarbejde"))
_DETERMINERS = frozenset(
    [
        "et",
        "en",
        "to",
        "tre",
        "fire",
        "fem",
        "seks",
        "syv",
        "otte",
        "ni",
        "ti",
        "alle",
        "flere",
        "nye",
        "ny",
        "nyt",
        "disse",
        "dette",
        "denne",
        "egne",
        "hver",
        "hvert",
        "ingen",
        "intet",
        "kommunens",
    ]
)
_PREPOSITIONS_BEFORE = frozenset(
    [
        "af",
        "efter",
        "for",
        "fra",
        "gennem",
        "i",
        "inden",
        "med",
        "mod",
        "om",
        "over",
        "på",
        "til",
        "under",
        "uden",
        "via",
        "ved",
    ]
)
_HEADS = (
    "aftaler?|aftalen|aftalerne|bilag|bilaget|udbud|udbuddet|system|systemer|systemet|møder?|mødet|regler|reglerne|"
    "direktiv|direktivet|partnerskab|partnerskaber|projekt|projekter|projektet|krav|kravene|nummer|numre|samarbejde|"
    "samarbejder|samarbejdet|udgifter|udgifterne|løsning|løsninger|sikkerhed|medlem|medlemmer|udledning|udledningen|udledninger|udledningerne|aftryk|aftrykket|"
    "virksomheder|mål|målene|verdensmål|lovgivning|forordning|forordningen|kontor|kontoret|fil|filer|sag|sager|sagen"
)
_FOREIGN_NAMES = "Moody|Lloyd|Levi|Sotheby|Christie|Kellogg|Domino|Wendy|Women|Children|King|Queen|Fisher|Reader"
_SUBJECTS = (
    "der|det|den|de|vi|man|sagen|aftalen|udgiften|udgifterne|fristen|planen|kontrakten|opgaven|kommunen|forvaltningen|forvaltningerne|udvalget|rådet|leverandøren|leverandørerne|"
    "kommunerne|borgerne|politikken|indsatsen|arbejdet|alle|ingen|hver|begge|[A-ZÆØÅ][a-zæøå]+ Kommune|Økonomiudvalget|"
    "Borgerrepræsentationen|Økonomiforvaltningen|Socialforvaltningen|Socialudvalget"
)
_VERBS = (
    "skyldes|indstiller|oplyser|anbefaler|vurderer|mener|foreslår|konstaterer|bemærker|betyder|viser|sikrer|forudsætter|"
    "forventer|forventes|besluttede|beslutter|understreger|skønner|fastslår|aftalte|aftaler|forklarer|fremhæver"
)


def _compound(match: re.Match[str]) -> str | None:
    """`SKI-aftalen`; None where the abbreviation may be the subject and the next word its verb or object."""
    short, head = match[1], match[2]
    words = re.findall(r"[^\s(–]+", match.string[: match.start()])
    starts = not words or words[-1][-1] in ".:;!?" or match.string[: match.start()].endswith("\n")
    before = words[-1].lower() if words else ""
    sure = (
        short not in _ACTORS
        or before in _DETERMINERS
        or (starts and head not in _PRESENT)
        or (before in _PREPOSITIONS_BEFORE and head not in _PRESENT | _INFINITIVE)
    )
    return f"{short}-{head}" if sure else None


_SPELT = by_word(_MISSPELT)


def _spelt(match: re.Match[str]) -> str | None:
    """The right word; a capital inside a sentence is a name (`firmaet Maximal`), which is spelt as its owner will."""
    inside = match[0][:1].isupper() and re.search(r"[a-zæøå,] $", match.string[: match.start()])
    return None if inside else _SPELT(match)


_DOT_WORD = by_word(_DOTS)


def _dotted(match: re.Match[str]) -> str | None:
    is_unit = match[1] == "mm." and re.search(r"\d[ \u00a0]?$", match.string[: match.start()])
    return None if is_unit else _DOT_WORD(match)


def _said_twice(match: re.Match[str]) -> str | None:
    """One of the two words; the Roman number of `del I i rapporten` is no word."""
    return None if match[0].startswith("I i") or match[0] == "I I" else match[1]


def _no_preposition(match: re.Match[str]) -> str | None:
    right = _PREPOSITIONS.get(match[1].lower())
    if not right:
        return None
    return (right[:1].upper() + right[1:] if match[1][:1].isupper() else right) + match[0][len(match[1]) :]


RULES: tuple[Rule, ...] = (
    pattern_rule(
        "DG321", "Ord, der tit er skrevet forkert", rf"\b({'|'.join(sorted(_MISSPELT, key=len, reverse=True))})\b",
        _spelt, "ordet er stavet forkert", "Retskrivningsordbogen, 5. udg. 2024",
        ["maksimalt tre sider", "fortsat", "i dag", "på grund af", "interessenter"],
        ["maximalt tre sider", "Arbejdet er forsat i gang", "idag", "to interesenter", "ialt 5"], flags=re.IGNORECASE,
        words=(key.split()[0] for key in _MISSPELT),
    ),
    pattern_rule(
        "DG322", "over for og inden for i to ord", r"\b(overfor|indenfor|udenfor|ovenpå)( (?!(?:den|en) (?:aften|dag|gang|morgen|nat|time|uge)\b)(?:en|et|den|det|de|kommunen|rammen|rammerne|"
        r"budgettet|udsatte|ældre|nye|andre|alle|borgere|borgerne|leverandører|leverandøren|leverandørerne|udvalget|området|områderne|aftalerne|aftalen|fristen|[a-zæøå]{3,}erne|\w+udvalget|\w+området)\b)",
        _no_preposition, "forholdsordet skrives i to ord foran et navneord", "Retskrivningsordbogen § 18-19",
        ["over for udvalget", "inden for rammen", "De står udenfor.", "området udenfor", "Han var udenfor en dag"],
        ["overfor udvalget", "indenfor den økonomiske ramme", "Udenfor kommunen", "indenfor området"], flags=re.IGNORECASE,
    ),
    pattern_rule(
        "DG323", "Forkortelser med de rigtige punktummer",
        rf"(?<![\w.])({'|'.join(re.escape(key) for key in _SPELLINGS)})(?![\w.’'-])(?=[\s,;:)]|$)",
        _dotted, "forkortelsen er skrevet forkert", "Retskrivningsordbogen § 42",
        ["5 mm. fra kanten", "bl.a. mad", "fx mad", "f.eks. mad", "12,5 mio. kr.", "jf. bilag 1", "dvs. nu", "ca. 20"],
        ["bl.a mad", "fx. mad", "feks mad", "12,5 mio kr.", "jvf. bilag 1", "dvs nu", "ca 20", "bla. mad"],
        fixable=True,
    ),
    pattern_rule(
        "DG324", "Kontorforkortelser skrives ud",
        rf"(?<![\w.])({'|'.join(re.escape(key) for key in _OFFICE_SHORT)})(?!\w)", by_word(_OFFICE_SHORT),
        "skriv det ud, når borgere skal læse det", "docgens egen regel: borgere skal kunne læse det",
        ["i forhold til", "på baggrund af", "for så vidt angår"], ["ift. rammen", "fsva. Aarhus", "pba. tallene"],
        severity=Severity.HINT,
    ),
    pattern_rule(
        "DG325", "Bindestreg efter en forkortelse", rf"\b({_SHORT}) ({_HEADS})\b", _compound,
        "sammensætninger med en forkortelse har bindestreg", "Retskrivningsordbogen § 57",
        ["OPP-aftale", "SKI-aftalen", "EU har regler", "it-system", "KL samarbejder", "Her stiller EU krav"],
        ["OPP aftale", "SKI aftalen", "et EU udbud", "it system", "CSR bilag", "ØU møde"],
        fixable=False,  # it only looks wrong now and then, so a person decides
    ),
    pattern_rule(
        "DG326", "Apostrof i forkortelsers ejefald", r"\b([A-ZÆØÅ]{2,})s\b(?!-)", r"\1’s",
        "forkortelser får apostrof foran s", "Retskrivningsordbogen § 6 og § 21",
        ["KL’s", "EU’s", "SKI's aftaler", "FN’s verdensmål"], ["KLs aftale", "EUs regler", "SKIs katalog", "FNs mål"], glance=r"[A-ZÆØÅ]{2}s",
    ),
    pattern_rule(
        "DG327", "Apostrof i forkortelsers bøjning", r"\b([A-ZÆØÅ]{2,})(er|ers|erne|en|ens|ernes)\b(?!-)", r"\1’\2",
        "forkortelser får apostrof foran endelsen", "Retskrivningsordbogen § 6",
        ["OPP’er", "SMV'er", "DSB-toget"], ["OPPer", "to SMVer", "OPIerne"], glance=r"[A-ZÆØÅ]{2}e",
    ),
    pattern_rule(
        "DG328", "Ingen apostrof i navnes ejefald", rf"(?<!& )\b(?!(?:{_FOREIGN_NAMES})['’])([A-ZÆØÅ][a-zæøå]+[a-rt-wyæøå])['’]s\b", r"\1s",
        "navne får s uden apostrof", "Retskrivningsordbogen § 21",
        ["Københavns", "Aarhus’", "KL’s", "Borgerrepræsentationens", "Moody’s", "Standard & Poor’s"],
        ["København’s", "Borgerrepræsentationen's beslutning", "Økonomiudvalget’s"], fixable=True,
    ),
    pattern_rule(
        "DG329", "Kun apostrof efter s, x og z", r"\b([A-ZÆØÅ][a-zæøå]*[sxz])['’]s\b", r"\1’",
        "efter s, x og z står apostroffen alene", "Retskrivningsordbogen § 21",
        ["Aarhus’ politik", "Randers’"], ["Aarhus’s politik", "Randers's borgere", "Jens’s"],
    ),
    pattern_rule(
        "DG330", "Ét punktum", r"(?<!\.)\.\.(?!\.)(?=\s|$)", ".",
        "der er to punktummer", "Retskrivningsordbogen § 42",
        ["Prisen er 13,8 mia. kr.", "Og så …", "og så videre..."], ["Prisen er 13,8 mia. kr..", "Slut..", "m.m.. Så"],
    ),
    pattern_rule(
        "DG331", "Intet mellemrum foran tegn", r"(?<=[\wæøåÆØÅ)”])[ \u00a0]+([,;:!?])(?=\s|$)", r"\1",
        "der er mellemrum foran tegnet", "Retskrivningsordbogen § 40 ff.",
        ["Ja, det er", "Er det? Ja.", "a), b)"], ["Ja , det er", "Er det ? Ja.", "følgende : a"], glance=r"[,;:!?](?<=[ \u00a0].)",
    ),
    pattern_rule(
        "DG332", "Tabel 1 uden punktum", r"(?m)((?:^|\()(?:Tabel|Figur|Bilag))\. (\d+)|"
        r"(\b(?:[Jj]f\.|[Ss]e) (?:tabel|figur|bilag))\. (\d+)\b(?! (?!(?:og|om|for|i|med|over|på|som|til|viser)\b)[a-zæøå])|"
        r"\b([Tt]abel|[Ff]igur|[Bb]ilag)\. (\d+)(?=[,;:)]|\.?$)", lambda m: f"{m[1] or m[3] or m[5]} {m[2] or m[4] or m[6]}",
        "intet punktum mellem ordet og nummeret", "docgens egen regel",
        ["Tabel 1. Køb", "se bilag 2.", "bilag 3", "Det står i et bilag. 15 leverandører svarede.", "Se bilag. 15 leverandører svarede."], ["Tabel. 1 Køb", "Figur. 2", "jf. bilag. 3"],
        fixable=False, figures=True, glance=r"(?:abel|igur|ilag)\. \d",  # it only looks wrong now and then, so a person decides
    ),
    pattern_rule(
        "DG333", "Komma foran at-sætninger", rf"\b({_VERBS})((?: ikke| også| desuden)?) at (?=(?:{_SUBJECTS})\b)", r"\1\2, at ",
        "huset sætter startkomma foran at-sætninger", "Retskrivningsordbogen § 50",
        ["forvaltningen vurderer, at det er nok", "forventer at nå målet", "anbefaler at købe"],
        ["forvaltningen vurderer at det er nok", "Det betyder at kommunen sparer", "viser ikke at der er mere"], glance=r" at ",
    ),
    pattern_rule(
        "DG334", "offentlig-privat", r"\b([Oo])ffentlige-(privat\w*)", r"\1ffentlig-\2",
        "første led bøjes ikke", "Retskrivningsordbogen § 57",
        ["offentlig-private partnerskaber"], ["offentlige-private partnerskaber", "Offentlige-privat innovation"],
    ),
    pattern_rule(
        "DG335", "Kommune med stort i navnet", r"\b(Københavns|Aarhus|Odense|Aalborg|Randers|Roskilde|Albertslund) kommune(s?)\b(?! plan)",
        r"\1 Kommune\2", "kommunens navn har stort K", "Retskrivningsordbogen § 12",
        ["Københavns Kommune", "kommunen", "Aarhus Kommunes"], ["Københavns kommune", "Odense kommune køber", "i Aarhus kommune"],
    ),
    pattern_rule(
        "DG336", "Samme ord to gange", r"(?<![’'-])\b(at|og|i|på|for|til|af|med|som|en|et|er|var|har|blev|bliver|skal|kan|vil|må|ikke|om|fra|ved|efter|under|eller|samt|men|også|mellem|hvor|kommunen|forvaltningen|udvalget) \1\b(?<!\bfor for)(?!-)|\b(for) for\b"
        r"(?! (?:få|høje?|korte?|lang[et]?|lave?|lidt|lille|mange|sent|små|stort?|store|svært?|tidligt))",
        lambda m: m[2] if m[2] else _said_twice(m),
        "ordet står to gange", "docgens egen regel",
        ["at der", "og det", "Del I i rapporten", "brug for for lidt tid", "Han sagde, at at-erklæringen kom."], ["at at kommunen", "i i alt", "for for kommunen", "Det er er besluttet."], flags=re.IGNORECASE,
        fixable=False,  # it only looks wrong now and then, so a person decides
    ),
    pattern_rule(
        "DG337", "Delte sammensætninger", r"\b(indkøbs|udbuds|forvaltnings) (politik(?:ken)?|plan(?:en)?|aftaler?|aftalen|mål(?:ene)?|strategi(?:en)?|samarbejdet?|proces(?:sen)?)\b|"
        r"(?<![Hh]vilken )\b(kommune|klima|miljø|budget|kontrakt) (politik(?:ken)?|plan(?:en)?|aftalen|mål(?:ene)?|aftryk(?:ket)?|strategi(?:en)?|proces(?:sen)?)\b",
        lambda m: f"{m[1] or m[3]}{m[2] or m[4]}",
        "sammensætninger skrives i ét ord", "Retskrivningsordbogen § 18",
        ["indkøbspolitik", "kommuneplan", "klimaaftryk", "Kan en kommune samarbejde?", "en leverandør aftaler"],
        ["indkøbs politik", "kommune plan", "klima aftryk", "udbuds plan"],
        severity=Severity.HINT,
        fixable=False,  # it only looks wrong now and then, so a person decides
    ),
)  # fmt: skip
"""The rules of words."""
