"""Words as parts of clauses: which are finite, which are subjects, and a comma before one that has none."""

from __future__ import annotations

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit
from docgen.proofing.rules.tokens import Place, Token

FINITE = frozenset(
    ["er", "var", "har", "havde", "kan", "kunne", "skal", "skulle", "vil", "ville", "må", "måtte", "bør", "burde", "bliver",
     "blev", "får", "fik", "går", "gik", "gør", "gjorde", "står", "stod", "ser", "så", "tager", "tog", "giver", "gav", "ligger",
     "lå", "kommer", "kom", "holder", "finder", "sker", "sidder", "lyder", "falder", "stiger", "virker", "kører", "mangler",
     "træder", "gælder", "åbner", "lukker", "viser", "betyder", "medfører", "omfatter"]
)  # fmt: skip
"""Verbs that are finite, whatever else the list of words has them as."""
MODALS = frozenset(
    ["kan", "kunne", "skal", "skulle", "vil", "ville", "må", "måtte", "bør", "burde", "har", "havde", "få"]
)
PRONOUNS = frozenset(["der", "det", "de", "den", "vi", "man", "han", "hun", "jeg"])
SUBJECT_BEGINS = PRONOUNS | {"denne", "dette", "disse", "alle", "begge", "en", "et"}
OPENS = frozenset(
    ["at", "som", "hvis", "når", "fordi", "da", "hvor", "hvordan", "hvorvidt", "hvilket", "mens", "selvom", "så", "end", "om",
     "inden", "indtil", "hvad", "hvem", "hvilke", "hvilken", "hvorfor", "hvornår", "eftersom", "såfremt", "idet", "medmindre"]
)  # fmt: skip
_NOUN = Form.NOUN


def is_finite(token: Token) -> bool:
    """Whether a word is a verb that says when, and nothing else that may stand there."""
    if token.text != token.word:
        return False
    return token.word in FINITE or token.only(Form.PRESENT | Form.PAST | Form.PASSIVE)


def is_definite(token: Token) -> bool:
    """Whether a word is a definite noun, or the name of a body that ends as one."""
    if token.text != token.word and not token.first:
        return token.word.endswith(("udvalget", "forvaltningen", "repræsentationen", "kommune"))
    also = Form.PARTICIPLE if token.first and token.form & Form.NEUTER_DEFINITE else 0  # `Huset` begins a sentence
    return token.only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN | also)


def is_noun(token: Token) -> bool:
    """Whether a word is a noun and nothing else."""
    return (token.text == token.word or token.first) and token.only(_NOUN) and token.word not in OPENS


def begins_subject(token: Token) -> bool:
    """Whether a word is, or begins, what a clause is about."""
    return token.text in SUBJECT_BEGINS or is_definite(token)


def comma_before(place: Place, message: str) -> Hit:
    """A comma after the word before a place, where there is none."""
    before, word = place[-1], place[0]
    return Hit(place.passage, before.start, word.end, message, f"{before.text}, {word.text}")


def is_next(place: Place) -> bool:
    """Whether a word follows another, with a space between."""
    return bool(place[-1].text) and place[-1].text[-1].isalnum() and place[0].start == place[-1].end + 1


def may_be_finite(token: Token) -> bool:
    """Whether a word may be a finite verb, whatever else it may be."""
    return token.text == token.word and (token.word in FINITE or bool(token.form & _FINITE_FORMS))


_FINITE_FORMS = Form.PRESENT | Form.PAST | Form.PASSIVE
