"""Words by a list of Danish words: misspelt ones, and the house's words in their inflections.

The list takes time to load, so it is asked only for words of which a reading has no answer from earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.content.glossary import Glossary
from docgen.content.organisation import Organisation
from docgen.proofing.lexicon import is_word, lemma, near
from docgen.proofing.quoted import is_prose, is_quoted
from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy

# A word of small letters that stands by itself: no name, no abbreviation, no part of an address or a file's name.
_WORD = lazy(r"(?<![\w.,/@’'_-])[a-zæøåé]{6,40}(?![\w/@’'_-]|\.\S|\.(?=[ \u00a0][a-zæøå\d]))")
_MOST_SUGGESTED = 3
_MOST_UNKNOWN = 3  # words that a text may have and still be Danish, however short it is


def _misspelt(reading: Reading) -> Iterator[Hit]:
    own = _own_words(reading.glossary, reading.organisation)
    for passage in reading.passages:
        unknown = _unknown(passage.text, own, reading)
        meant_for = {word: found for word in unknown if (found := near(word, reading.word_cache))}
        for match in _WORD.finditer(passage.text) if meant_for else ():
            found = meant_for.get(match[0], [])
            if not found or not is_prose(passage.text, *match.span()) or is_quoted(passage.text, *match.span()):
                continue
            told, right = "ordet er ikke i ordlisten", found[0] if len(found) == 1 else None
            if right is None:
                meant = " eller ".join(f"'{word}'" for word in found[:_MOST_SUGGESTED])
                told += f"; mente du {meant}?"
            yield Hit(passage, *match.span(), told, right)


def _unknown(text: str, own: frozenset[str], reading: Reading) -> list[str]:
    """The words of a text that are not in the list; none where so many are not that it is in another language, and none
    of an id or a key, which has no space."""
    words = dict.fromkeys(_WORD.findall(text)) if " " in text else {}
    unknown = [word for word in words if word not in own and not is_word(word, reading.word_cache)]
    is_foreign = len(unknown) > _MOST_UNKNOWN and len(unknown) > len(words) / 3
    return [] if is_foreign else unknown


@lru_cache(maxsize=4)
def _own_words(glossary: Glossary | None, organisation: Organisation | None) -> frozenset[str]:
    """The words that the municipality has taken up, and their genitives: of its glossary, and of its own names."""
    texts = [str(body.name) for body in organisation.bodies] if organisation else []
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
        "DG361", "Stavefejl efter ordlisten", Severity.WARNING, "simplemma, dansk ordliste; Retskrivningsordbogen",
        ("Et udbudsgrundlag for bæredygtighedskrav.", "Se `idagx.txt`.", "Firmaet Markbolm byder.", "Han skrev ”sammarbejdt”.", "kvalitetssikringssystemets"),
        ("Kommunen har indgåt aftalen.", "Det er en god oppfølgning.", "Der er tale om en beslutnig."), _misspelt, slow=True,
    ),
    Rule(
        "DG506", "Husets ord, bøjet", Severity.HINT, "glossary.yaml",
        ("Vi siger husets ord.", "Vi siger undgåelse."), ("Vi siger undgåordene.", "Undgåordets brug."), _inflected, needs="glossary", slow=True,
    ),
)  # fmt: skip
"""The rules of the list of words."""
