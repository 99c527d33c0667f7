"""An example of a policy, and what programs make of such texts: words broken by blanks, lines by hyphens."""

from __future__ import annotations

import random
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

VALUES = (
    (
        "Rene indkøb",
        "Vi køber varer, der ikke skader hverken mennesker eller natur",
        (
            (
                "Kommunen køber hvert år møbler, maling og legetøj til skoler og daginstitutioner. Børn og ansatte er "
                "sammen med tingene hver dag, og derfor stiller vi krav til, hvad de er lavet af."
            ),
            (
                "Eksempel Kommune vil gå foran og vise, at rene varer kan købes til prisen. Det kræver viden hos dem, "
                "der bestiller, og tydelige aftaler med dem, der leverer."
            ),
        ),
        (
            "Købe miljømærkede varer til daginstitutionerne. Vi vil begynde med maling, møbler og rengøringsmidler.",
            "Fjerne skadelige stoffer fra legetøj og tekstiler.",
            "Undervise medarbejderne i at læse mærker og datablade, så de kan vælge rigtigt.",
        ),
    ),
    (
        "Lokale fællesskaber",
        "Vi bruger indkøb til at skabe praktikpladser og lokale arbejdspladser",
        (
            (
                "Mange unge mangler en plads som elev eller lærling. Kommunens leverandører kan give dem en plads, "
                "når aftalerne giver plads til det."
            ),
        ),
        (
            "Stille krav om praktikpladser i de store byggeopgaver.",
            "Dele opgaverne op, så mindre virksomheder kan byde. Vi vil følge med i, hvor mange der gør det.",
            "Holde møder med de lokale håndværkere to gange om året.",
        ),
    ),
)
"""Of each value the title, the statement, the paragraphs and the focus areas. Everything in it is made up."""

INTRODUCTION = (
    (
        "Eksempel Kommune køber ind for at give borgerne gode skoler, rene gader og varm mad. Hver krone skal bruges "
        "med omtanke, og de ting, vi køber, skal holde længe."
    ),
    (
        "Politikken gælder i årene 2031-2034. Den er lavet sammen med forvaltningerne, skolerne og de virksomheder, "
        "der leverer til kommunen."
    ),
)
SCOPE = (
    "Politikken sætter rammen for alle kommunens indkøb. Nye mål bliver vedtaget af rådet, når der er brug for dem.",
)
ROLES = (
    ("Byrådet", ("Vedtager politikken hvert fjerde år", "Følger op på målene i budgettet")),
    ("Indkøbskontoret", ("Laver fælles aftaler for forvaltningerne", "Vejleder skoler og institutioner om køb*")),
)
NOTE = "*Køb under grænsen i loven om udbud kan institutionerne selv foretage."


def policy_lines(width: int = 46, seed: int = 1) -> list[list[str]]:
    """The pages of the example as lines, as a program takes them out of a PDF: roles before all that they answer for,
    and the end of a chapter's text after its focus areas."""
    chance = random.Random(seed)
    pages = [["Indledning", "Gode indkøb til gavn for borgerne", *_all(INTRODUCTION, width, chance)]]
    overview = ["Eksempel Kommunes", "to værdier", *wrapped("De to værdier er ligestillede.", 100, chance)]
    pages.append([*overview, *(line for value in VALUES for line in _all((value[0], value[1]), 24, chance))])
    for title, statement, paragraphs, areas in VALUES:
        lines = [title, *wrapped(statement, width, chance), *wrapped(paragraphs[0], width, chance)]
        lines += ["Indsatsområder", "Eksempel Kommune vil:", *_all(areas[:-1], width, chance)]
        pages.append([*lines, *_all(paragraphs[1:], width, chance), *wrapped(areas[-1], width, chance)])
    pages.append(["Afgrænsning og opfølgning", *_all(SCOPE, width, chance)])
    appendix = ["Appendiks:", "Hvem der har ansvaret", *(title for title, _ in ROLES)]
    appendix += [f"• {item}" for _, items in ROLES for item in items]
    pages.append([*appendix, *wrapped(NOTE, 90, chance)])
    return pages


def as_text(pages: Sequence[Sequence[str]]) -> bytes:
    """Pages as a text whose pages begin with a blank, with an empty line between any two."""
    return "\n".join(" " + "\n\n".join(page) for page in pages).encode()


def _all(texts: Sequence[str], width: int, chance: random.Random) -> list[str]:
    return [line for text in texts for line in wrapped(text, width, chance)]


def wrapped(text: str, width: int, chance: random.Random) -> list[str]:
    """A paragraph in lines, some of which end within a word, with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        if not line or len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        inside = word.strip(".,:*")
        cuts = [cut for cut in range(4, len(inside) - 3) if cut <= room] if inside.isalpha() and len(inside) > 8 else []
        if cuts and chance.random() < 0.5:
            cut = chance.choice(cuts)
            lines.append(f"{line} {word[:cut]}-")
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def noisy(lines: Sequence[str], share: float, chance: random.Random) -> list[str]:
    """Lines with blanks inside words: each place between two letters has the same chance of one."""
    found = []
    for line in lines:
        broken = line[:1]
        for before, after in pairwise(line):
            broken += f" {after}" if before.isalpha() and after.isalpha() and chance.random() < share else after
        found.append(broken)
    return found


def share_of_words(gold: str, found: str) -> tuple[float, float]:
    """The share of the words of a text that are found in order, and how many words were joined falsely in 1,000."""
    wanted, got = gold.split(), found.split()
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    false_joins = sum(
        max((end - start) - (last - first), 0)
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag == "replace"
    )
    return right / len(wanted), 1000 * false_joins / len(wanted)
