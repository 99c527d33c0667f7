"""Words by the list of Danish words: misspelt ones, unknown ones, and the house's words in their inflections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.content.glossary import Glossary
from docgen.content.organisation import Organisation
from docgen.lexicon.compounds import begins, is_beginning, is_joined, is_listed, is_word, lemma
from docgen.lexicon.forms import Form, form_of
from docgen.lexicon.nearest import is_sure, nearest
from docgen.proofing.quoted import is_prose, is_quoted
from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy

# A word that stands by itself: no abbreviation, no part of an address or a file's name.
# Its first letter comes first in the pattern: that is what Python finds fast.
_WORD = lazy(
    r"[A-ZÆØÅa-zæøåé](?<![\w.,/@’'_-].)(?:(?<=[A-ZÆØÅ])[a-zæøåé]{2,39}|(?<![A-ZÆØÅ])[a-zæøåé]{1,38})"
    r"(?![\w/@’'_-]|\.\S|\.(?=[ \u00a0][a-zæøå\d]))"
)
_STARTS = lazy(r"(?:^|[\n.!?:][ \u00a0]*|\n?[-*•][ \u00a0]+)$")
_CAPITAL_FOLLOWS = lazy(r"[ \u00a0][A-ZÆØÅ]")
_MOST_SUGGESTED = 3
_MOST_UNKNOWN = 3  # words that a text may have and still be Danish, however short it is
_SHORTEST = 3  # letters
_LONG_ENOUGH = 6
"""Letters: a shorter word has others beside it, and one with a capital that begins a sentence is a name."""
_MOST_COMPOUNDS = 2
_SURE_LENGTH = 8
"""Letters: a shorter word that two listed ones make is a compound, though others are near: `haltid`."""
_LONG_COMPOUND = 9  # letters: shorter ones are foreign words as often
_DOTTED = frozenset(["adr", "afd", "alm", "art", "bil", "cirk", "dir", "eks", "ekskl", "etc", "evt", "hhv", "ift", "inkl", "jf", "jnr", "kap", "kgl", "kvt", "maks", "mdl", "mdr", "min", "mio", "mia", "mht", "mfl", "mv", "mvh", "nr", "obs", "osv", "pct", "pga", "pkt", "red", "ref", "sek", "skt", "stk", "tlf", "udg", "vedr", "vha", "årh"])  # fmt: skip


def _misspelt(reading: Reading) -> Iterator[Hit]:
    """What neither source of the list has, and what is one slip from a word."""
    for passage, match, word in _unknown(reading):
        if not (found := _meant_for(word)):
            continue
        if match[0][0].isupper():
            if not is_sure(found[0]):
                continue
            found = tuple(other[0].upper() + other[1:] for other in found)
        told = "ordet er ikke i ordlisten"
        if len(found) > 1:
            meant = " eller ".join(f"'{other}'" for other in found[:_MOST_SUGGESTED])
            told += f"; mente du {meant}?"
        right, others = (found[0], ()) if len(found) == 1 else (None, found)
        yield Hit(passage, *match.span(), told, right, others)


def _not_listed(reading: Reading) -> Iterator[Hit]:
    """What neither source has and nothing is near to, and what one source has alone beside a word that both have."""
    for passage, match, word in _unknown(reading):
        if not _meant_for(word):
            yield Hit(passage, *match.span(), "ordet er ikke i ordlisten")
    for passage in reading.passages:
        for match in _WORD.finditer(passage.text):
            word = match[0]
            if word.islower() and len(word) > _LONG_ENOUGH and form_of(word) & Form.KNOWN == Form.LEMMATISER:
                sure = tuple(other for other in nearest(word) if is_sure(other))
                if sure and _is_own(passage, match):
                    yield Hit(passage, *match.span(), f"kun én ordliste har ordet; mente du '{sure[0]}'?", None, sure)


def _meant_for(word: str) -> tuple[str, ...]:
    """The words that one that is none may have been meant for; none for a short one, which always has others beside it.

    One that differs by a double letter is meant before others. Where only compounds are near, one that is short, has
    many near, or is put together of words however they are joined, is left as it is.
    """
    if len(word) < _LONG_ENOUGH:
        return _doubled(word) if len(word) == _LONG_ENOUGH - 1 else ()
    spelt_out = word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    if spelt_out != word and is_listed(spelt_out):
        return (spelt_out,)
    if (len(word) < _SURE_LENGTH and is_joined(word)) or _ends_shortly(word):
        return ()
    found = tuple(other for other in nearest(word) if not _has_another_joint(word, other))
    if any(other == f"{word}s" and not is_listed(other) for other in found):
        return ()
    if is_joined(word) and not any(map(is_sure, found)):
        return ()
    likely = tuple(other for other in found if _squeezed(other) == _squeezed(word)) or found
    if any(map(is_sure, found)) or (found and is_listed(found[0]) and len(word) >= _LONG_COMPOUND):
        return found
    is_compound = bool(found) and not is_listed(found[0])
    is_sole = len(likely) <= _MOST_COMPOUNDS and len(word) >= _LONG_COMPOUND and not is_joined(word)
    return likely if is_compound and is_sole else ()


def _doubled(word: str) -> tuple[str, ...]:
    """The one sure word that a word of five letters lacks a double letter of, or has one too many: `tilæg`."""
    alike = tuple(other for other in nearest(word) if is_sure(other) and _squeezed(other) == _squeezed(word))
    return alike if len(alike) == 1 else ()


def _ends_shortly(word: str) -> bool:
    """Whether a word is one that a compound may begin with, and a noun of three letters: `idrætssal`."""
    form = form_of(word[-3:])
    return len(word) > _SURE_LENGTH and begins(word[:-3]) and bool(form & Form.NOUN and form & Form.SPELLER)


def _has_another_joint(word: str, other: str) -> bool:
    """Whether a word is a compound with an s at its joint that another has not: `flersprogsvejleder` is no slip."""
    joints = (at for at in range(3, len(word) - 3) if word[at] == "s" and word[:at] + word[at + 1 :] == other)
    return any((is_beginning(word[:at]) or form_of(word[:at]) & Form.NOUN) and is_word(word[at + 1 :]) for at in joints)


def _squeezed(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


_ENGLISH = lazy(r"\b(?:the|of|this|that|which|with|from|are|should|your|their|an)\b")
_SENTENCE_END = lazy(r"[.!?:;\n]")
_ENOUGH_ENGLISH = 2
_FAR = 200  # letters of a sentence that are looked through at each side of a word


def _is_in_english(match: re.Match[str]) -> bool:
    """Whether a word's sentence has words that only English has."""
    before = _SENTENCE_END.split(match.string[max(0, match.start() - _FAR) : match.start()])[-1]
    after = _SENTENCE_END.split(match.string[match.end() : match.end() + _FAR])[0]
    return len(_ENGLISH.findall(f"{before} {after}")) >= _ENOUGH_ENGLISH


def _is_own(passage: Passage, match: re.Match[str]) -> bool:
    before = passage.text[max(0, match.start() - _FAR) : match.start()]
    if before.rfind("{") > before.rfind("}"):  # what is referred to, by its id
        return False
    return is_prose(passage.text, *match.span()) and not is_quoted(passage.text, *match.span())


def _unknown(reading: Reading) -> Iterator[tuple[Passage, re.Match[str], str]]:
    """The author's words that are not in the list, with small letters; none of a text of which so many are not that it
    is in another language, and none of an id or a key, which has no space."""
    own = _own_words(reading.glossary, reading.organisation)
    for passage in reading.passages:
        if " " not in passage.text:
            continue
        matches = list(_WORD.finditer(passage.text))
        signs = {match[0] for match in matches}
        unlisted = {sign for sign in signs if not is_word(sign.lower())}
        unknown = [match for match in matches if match[0] in unlisted and _is_unknown(match, own)]
        words = {match[0] for match in unknown}
        if len(words) > _MOST_UNKNOWN and len(words) > len(signs) / 3:
            continue
        for match in unknown:
            if _is_own(passage, match) and not _is_part(match, own) and not _is_in_english(match):
                yield passage, match, match[0].lower()


_NEIGHBOUR_BEFORE, _NEIGHBOUR_AFTER = (
    lazy(r"(?<![^\W\d_])([A-ZÆØÅ]?[a-zæøåé]+)[ \u00a0]$"),
    lazy(r"[ \u00a0]([a-zæøåé]+)"),
)
_LONGEST = 41


def _listed_as(word: str) -> str:
    """A word in small letters, but a name that is in the list as it is written."""
    return "" if word[0].isupper() and form_of(word) else word.lower()


def _is_part(match: re.Match[str], own: frozenset[str]) -> bool:
    """Whether a word is a piece of one that a PDF has cut in two, or of a foreign phrase: with its neighbour it is a
    word, or its neighbour is none either."""
    word, text = match[0].lower(), match.string
    before = _NEIGHBOUR_BEFORE.search(text[max(0, match.start() - _LONGEST) : match.start()])
    after = _NEIGHBOUR_AFTER.match(text, match.end())
    for neighbour, whole in (
        (before and _listed_as(before[1]), before and before[1].lower() + word),
        (after and after[1], after and word + after[1]),
    ):
        if (
            neighbour
            and whole
            and (is_word(whole) or not (neighbour in own or len(neighbour) < _SHORTEST or is_word(neighbour)))
        ):
            return True
    return False


def _is_unknown(match: re.Match[str], own: frozenset[str]) -> bool:
    word = match[0].lower()
    if len(word) < _SHORTEST or word in own or is_word(word):
        return False
    if word in _DOTTED and match.string.startswith(".", match.end()):
        return False
    if match[0] == word:
        return not form_of(word[0].upper() + word[1:])
    before = match.string[max(0, match.start() - 3) : match.start()]
    return (
        len(word) >= _LONG_ENOUGH
        and not form_of(match[0])
        and not form_of(match[0].removesuffix("s"))
        and (not before or _STARTS.search(before) is not None)
        and _CAPITAL_FOLLOWS.match(match.string, match.end()) is None
    )


@lru_cache(maxsize=4)
def _own_words(glossary: Glossary | None, organisation: Organisation | None) -> frozenset[str]:
    """The words that the municipality has taken up, and their genitives: of its glossary, and of its own names."""
    texts = [text for body in organisation.bodies for text in (str(body.name), str(body.id))] if organisation else []
    if glossary:
        texts += [*map(str, glossary.words), *(f"{word}s" for word in glossary.words)]
        texts += [str(term.preferred) for term in glossary.terms]
        texts += [str(entry.long) for entry in glossary.abbreviations]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text.lower()))


def _inflected(reading: Reading) -> Iterator[Hit]:
    """A word to avoid in another inflection than the glossary's; a preferred word that ends alike is inflected alike."""
    for term in reading.glossary.terms if reading.glossary else ():
        for avoid in map(str, term.avoid):
            *first, last = avoid.split()
            if not re.fullmatch("[a-zæøå]{4,}", last):
                continue
            pattern = _followed_by(" ".join(first), last[:4])
            for passage in reading.passages if pattern.search(reading.joined) else ():
                for match in pattern.finditer(passage.text):
                    word = match[1].lower()
                    if word != last and lemma(word) == lemma(last):
                        right = _inflected_alike(str(term.preferred), last, word)
                        yield Hit(passage, *match.span(), f"husets ord er '{term.preferred}'", right)


@lru_cache(maxsize=512)
def _followed_by(words: str, beginning: str) -> re.Pattern[str]:
    before = re.escape(words) + r"[ \u00a0]" if words else ""
    return re.compile(rf"(?<![\w-]){before}({beginning}[a-zæøå]*)(?![\w-])", re.IGNORECASE)


def _inflected_alike(preferred: str, avoided: str, word: str) -> str | None:
    """`indkøbspolitik` as `politik` is inflected in `politikken`: `indkøbspolitikken`; None where it cannot be told."""
    alike = preferred.endswith(avoided[-3:]) and word.startswith(avoided)
    return preferred + word[len(avoided) :] if alike else None


RULES: tuple[Rule, ...] = (
    Rule(
        "DG361", "Stavefejl efter ordlisten", Severity.WARNING, "Stavekontrolden og simplemma, danske ordlister; Retskrivningsordbogen",
        ("Et udbudsgrundlag for bæredygtighedskrav.", "Se `idagx.txt`.", "Firmaet Markbolm byder.", "Han skrev ”sammarbejdt”.", "kvalitetssikringssystemets",
         "Der er ordgrænser i et stielement.", "Projektet hedder The description of the number."),
        ("Kommunen har indgåt aftalen.", "Det er en god oppfølgning.", "Der er tale om en beslutnig.", "Vi vil aendre aftalen."), _misspelt, slow=True,
    ),
    Rule(
        "DG362", "Ord, som ordlisten ikke har", Severity.HINT, "Stavekontrolden og simplemma, danske ordlister; Retskrivningsordbogen",
        ("Et udbudsgrundlag for bæredygtighedskrav.", "Det er en god oppfølgning."), ("Der indrykkes en qwertopsu i avisen.",), _not_listed, slow=True,
    ),
    Rule(
        "DG506", "Husets ord, bøjet", Severity.HINT, "glossary.yaml",
        ("Vi siger husets ord.", "Vi siger undgåelse."), ("Vi siger undgåordene.", "Undgåordets brug."), _inflected, needs="glossary", slow=True,
    ),
)  # fmt: skip
"""The rules of the list of words."""
