"""Stavekontrolden's files for Hunspell (`index.aff`, `index.dic`) -> forms with what they are, and parts of compounds.

The affix file says in words what each of its rules makes (`+BESTEMT_ENTAL`), and over each flag which class and gender
the word has. Both are read here, so that few flags' numbers need be known: those for compounds, and for plurals alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from docgen.lexicon.forms import Form

_RULE = re.compile(r"SFX (\d+) (\S+) ([^\s/]+)(?:/(\S+))? (\S+)(?:\s+\+(\S+))?\s*")
_TITLE = re.compile(r"#(Substantiv|Apostrof|Verbalsubstantiv|Verbum|Adjektiv|Proprium|Sammensætning)\b")
_BEGINS, _INSIDE_ONLY, _NEEDS_AFFIX, _FORBIDDEN, _NOT_SUGGESTED = 32, 36, 8, 6, 86
_PLURAL_ALONE, _PLURAL_ALIKE = 74, {46, 47, 48}
_NO_ENDING = {"ORD_SIDST", "FUGNING"}
_DEEPEST = 3  # affixes on one word
_WORD = re.compile(r"[A-Za-zÆØÅæøåéÉ]+(?:['’-][A-Za-zÆØÅæøåéÉ]+)*")

_VERB = {
    "NUTID": Form.PRESENT,
    "DATID": Form.PAST,
    "PERF_PART": Form.PARTICIPLE,
    "PRÆSENS_PART": Form.PRESENT_PARTICIPLE,
    "IMPERATIV": Form.IMPERATIVE,
}
_ADJECTIVE = {
    "BESTEMT_ENTAL": Form.ADJECTIVE_T,
    "KOMPARATIV": Form.COMPARATIVE,
    "SUPERLATIV": Form.SUPERLATIVE,
    "SUPERLATIV_PLURALIS": Form.SUPERLATIVE,
}
_COMMON = {
    "": Form.COMMON_SINGULAR,
    "BESTEMT_ENTAL": Form.COMMON_DEFINITE,
    "PLUR_UBEK": Form.COMMON_PLURAL,
    "PLUR_BEK": Form.COMMON_PLURAL_DEFINITE,
}
_NEUTER = {
    "": Form.NEUTER_SINGULAR,
    "BESTEMT_ENTAL": Form.NEUTER_DEFINITE,
    "PLUR_UBEK": Form.NEUTER_PLURAL,
    "PLUR_BEK": Form.NEUTER_PLURAL_DEFINITE,
}


@dataclass(frozen=True)
class _Rule:
    taken: str
    given: str
    flags: frozenset[int]
    condition: re.Pattern[str]
    what: str


@dataclass
class Found:
    """What the files say: forms, the word that each is an inflection of, and what may begin a compound."""

    forms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lemmas: dict[str, str] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)


def read(affixes: str, words: str) -> Found:
    """All that the two files say, as their texts."""
    titles, rules = _rules(affixes)
    found = Found()
    for line in words.splitlines()[1:]:
        entry, *more = line.split(" ")
        word, _, given = entry.partition("/")
        flags = frozenset(int(flag) for flag in given.split(",") if flag.isdecimal())
        if flags & {_FORBIDDEN, _NOT_SUGGESTED} or any(not each.startswith(("st:", "al:", "ph:")) for each in more):
            continue
        if word.endswith("-") or word.startswith("-"):
            found.beginnings |= {word.strip("-")} if _BEGINS in flags else set()
            continue
        stem = next((each[3:] for each in more if each.startswith("st:")), word)
        for made, form in _forms(titles, rules, word, flags, found.beginnings):
            _add(found, made, form, stem)
        for made, form in _irregular(word, [each[3:] for each in more if each.startswith("al:")]):
            _add(found, made, form, word)
    return found


def _add(found: Found, made: str, form: int, lemma: str) -> None:
    if _WORD.fullmatch(made):
        found.forms[made] |= form
        found.lemmas.setdefault(made, lemma)


def _rules(affixes: str) -> tuple[dict[int, str], Mapping[int, list[_Rule]]]:
    """The heading over each flag, and its rules."""
    title = ""
    titles: dict[int, str] = {}
    rules: dict[int, list[_Rule]] = defaultdict(list)
    for line in affixes.splitlines():
        if line.startswith("#"):
            title = line
        if (match := _RULE.fullmatch(line)) is None:
            continue
        flag, taken, given, more, condition, what = match.groups()
        if titles.setdefault(int(flag), title) and not _TITLE.match(title):
            continue
        rules[int(flag)].append(
            _Rule(
                taken.replace("0", ""),
                given.replace("0", ""),
                frozenset(map(int, more.split(","))) if more else frozenset(),
                re.compile("" if condition == "." else f"{condition}$"),
                _what(title, given, what or ""),
            )
        )
    return titles, rules


def _what(title: str, given: str, told: str) -> str:
    """What a rule makes; the file mixes up definite and indefinite plurals of nouns in -el."""
    if title.startswith("#Substantiv") and told in ("PLUR_UBEK", "PLUR_BEK"):
        return "PLUR_BEK" if given.endswith("ne") else "PLUR_UBEK"
    return told


_Step = tuple[int, str]
"""A flag, and what its rule makes."""


def _made(
    rules: Mapping[int, list[_Rule]], word: str, flags: frozenset[int], steps: tuple[_Step, ...] = ()
) -> Iterator[tuple[str, frozenset[int], tuple[_Step, ...]]]:
    """A word and all that affixes make of it, with the flags that each has then and the steps to it."""
    yield word, flags, steps
    for flag in sorted(flags) if len(steps) < _DEEPEST else ():
        for rule in rules.get(flag, ()):
            if word.endswith(rule.taken) and rule.condition.search(word):
                made = word[: len(word) - len(rule.taken)] + rule.given
                yield from _made(rules, made, rule.flags, (*steps, (flag, rule.what)))


def _forms(
    titles: Mapping[int, str],
    rules: Mapping[int, list[_Rule]],
    word: str,
    flags: frozenset[int],
    beginnings: set[str],
) -> Iterator[tuple[str, int]]:
    """The forms of an entry; what may begin a compound is put into `beginnings`. Genitives are left out."""
    base = _base(titles, flags)
    for made, inner, steps in _made(rules, word, flags):
        whats = {what for _, what in steps}
        if _INSIDE_ONLY in inner or (_BEGINS in inner and not steps):
            beginnings.add(made)
        if _INSIDE_ONLY in inner or _NEEDS_AFFIX in inner or "GENITIV" in whats:
            continue
        if not whats - _NO_ENDING:
            if made == word:
                yield made, base
            continue
        yield made, _ending(titles, flags, steps)


def _base(titles: Mapping[int, str], flags: frozenset[int]) -> int:
    """What an entry is without an ending."""
    named = {flag: titles.get(flag, "#") for flag in flags}
    form = _nouns(named.values(), "") if _PLURAL_ALONE not in flags else Form.PLURAL_NOUN
    if flags & _PLURAL_ALIKE:
        form |= _nouns(named.values(), "PLUR_UBEK")
    if any(title.startswith("#Verbum") and "passiv" not in title for title in named.values()):
        form |= Form.INFINITIVE
    if any(title.startswith("#Adjektiv") for title in named.values()):
        form |= Form.ADJECTIVE
    if any(title.startswith("#Proprium") for title in named.values()):
        form |= Form.NAME
    return form


def _nouns(titles: Iterable[str], what: str) -> int:
    """A noun with an ending, by the genders that the headings of its flags tell."""
    told = [title for title in titles if title.startswith(("#Substantiv", "#Apostrof"))]
    form = _COMMON.get(what, 0) if any("fælleskøn" in title for title in told) else 0
    return form | (_NEUTER.get(what, 0) if any("intetkøn" in title for title in told) else 0)


def _ending(titles: Mapping[int, str], flags: frozenset[int], steps: tuple[_Step, ...]) -> int:
    """What a form is by the steps that made it."""
    if any(what == "PASSIV" for _, what in steps):
        return Form.PASSIVE
    found = [_of_step(titles, flags | {flag for flag, _ in steps}, flag, what) for flag, what in steps]
    return reduce(or_, found, 0)


def _of_step(titles: Mapping[int, str], flags: frozenset[int], flag: int, what: str) -> int:
    title = titles[flag]
    if title.startswith("#Verbum"):
        return _VERB.get(what, 0)
    if title.startswith("#Verbalsubstantiv"):
        return Form.COMMON_SINGULAR
    if title.startswith("#Adjektiv"):
        is_t = "intetkøn" in title and what == ""
        is_doubling = what == "KONSONANT_FORDOBLING" and "uden komparation" not in title
        return 0 if is_doubling else Form.ADJECTIVE_T if is_t else _ADJECTIVE.get(what, Form.ADJECTIVE_E)
    if title.startswith(("#Substantiv", "#Apostrof")) and what != "KONSONANT_FORDOBLING":
        told = [title] if "køn" in title else [titles.get(each, "#") for each in flags]
        return _nouns(told, what) or (Form.PLURAL_DEFINITE_NOUN if what == "PLUR_BEK" else 0)
    if title.startswith("#Substantiv") and "torso" in title:
        return _nouns([title], "BESTEMT_ENTAL")
    return 0


def _irregular(word: str, others: list[str]) -> Iterator[tuple[str, int]]:
    """The forms that an entry lists one by one (`stå al:står al:stod …`); those of a verb tell what they are."""
    is_verb = any(other.endswith("nde") for other in others) and {f"{word}r", f"{word}er"} & set(others)
    if is_verb:
        yield word, Form.INFINITIVE
    for other in others:
        if not is_verb:
            yield other, 0
        elif other in (f"{word}r", f"{word}er"):
            yield other, Form.PRESENT
        elif other.endswith("nde"):
            yield other, Form.PRESENT_PARTICIPLE
        elif other.endswith("s") and (other[:-1] in (*others, word) or other[:-2] in others):
            if other[:-1] == word or other.removesuffix("es") in others:
                yield other, Form.PASSIVE
        elif other.endswith("et") or (other.endswith("t") and len(other) > 4):
            yield other, Form.PARTICIPLE
        elif other.endswith(("en", "ne", "ede")):
            yield other, Form.ADJECTIVE_E
        elif other == word.removesuffix("e"):
            yield other, Form.IMPERATIVE
        else:
            yield other, Form.PAST
