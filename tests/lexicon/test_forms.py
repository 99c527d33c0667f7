"""The list of words: what it says of forms, how small and how quick it is, and that it is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docgen.lexicon.forms import (
    DESCRIPTIONS,
    FORMS,
    Described,
    Form,
    form_of,
    forms_beginning,
    lemma_of,
    list_hash,
    pack,
)
from tests.words.corrections import ADDED
from tests.words.stavekontrolden import read

_MEASURE = """
import resource
import docgen.structs
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from docgen.lexicon.forms import form_of
assert form_of("indkøbspolitikken")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("politikken", Form.COMMON_DEFINITE),
        ("udbud", Form.NEUTER_SINGULAR | Form.NEUTER_PLURAL),
        ("regler", Form.COMMON_PLURAL),
        ("reglerne", Form.COMMON_PLURAL_DEFINITE),
        ("børnene", Form.NEUTER_PLURAL_DEFINITE),
        ("kurset", Form.NEUTER_DEFINITE),
        ("økologiske", Form.ADJECTIVE_E),
        ("årligt", Form.ADJECTIVE_T),
        ("vurdere", Form.INFINITIVE),
        ("vurderer", Form.PRESENT),
        ("stod", Form.PAST),
        ("står", Form.PRESENT),
        ("undersøgt", Form.PARTICIPLE),
        ("behandles", Form.PASSIVE),
        ("arbejds", Form.BEGINS),
        ("Aarhus", Form.NAME),
    ],
)
def test_a_form_is_what_it_is(word: str, form: int) -> None:
    assert form_of(word) & form == form


def test_what_is_no_word_is_nothing() -> None:
    assert [form_of(word) for word in ("intresse", "resturant", "", "xyzzy")] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("aftalernes", "aftale"), ("regler", "regel"), ("kommuner", "kommune"), ("stod", "stå"), ("xyzzy", "xyzzy")],
)
def test_a_form_leads_to_its_lemma(form: str, lemma: str) -> None:
    assert lemma_of(form) == lemma


def test_the_list_is_whole_and_small() -> None:
    assert FORMS.stat().st_size + DESCRIPTIONS.stat().st_size <= 3_000_000
    assert len(list_hash()) == 64
    words = list(forms_beginning("indkøbs"))
    assert "indkøbspolitik" in words
    assert all(form_of(word) for word in words)
    assert {word for word, form in ADDED.items() if form_of(word) & form != form} == set()


@pytest.mark.skipif(sys.platform == "win32", reason="resource is of POSIX")
def test_the_list_takes_little_memory() -> None:
    done = subprocess.run([sys.executable, "-c", _MEASURE], capture_output=True, text=True, check=True)
    assert float(done.stdout) <= 15


def test_a_lemma_too_long_for_its_room_is_refused() -> None:
    with pytest.raises(ValueError, match="meget"):
        pack([Described(Form.OTHER, 0, "meget lange ord")], [0])


_AFFIXES = """\
#Substantiv, fælleskøn
SFX 2 Y 2
SFX 2 0 n/34 e	+BESTEMT_ENTAL
SFX 2 0 ns/34 e	+GENITIV
#Substantiv, flertal, med -er
SFX 11 Y 2
SFX 11 0 r/34 e	+PLUR_UBEK
SFX 11 0 rne/34 e	+PLUR_BEK
#Sammensætning, fugeelement Ø
SFX 31 Y 1
SFX 31 0 0/32,36,35 .
#Verbum, svagt bøjet
SFX 21 Y 1
SFX 21 0 r/34 .	+NUTID
"""


def test_a_source_is_read_by_what_it_says_itself() -> None:
    found = read(
        _AFFIXES, "4\naftale/2,11,31\nstå al:står al:stås al:stod al:stående al:stået\nfejl/6\nto ord\nvise/21\n"
    )
    assert found.forms == {
        "aftale": Form.COMMON_SINGULAR,
        "aftalen": Form.COMMON_DEFINITE,
        "aftaler": Form.COMMON_PLURAL,
        "aftalerne": Form.COMMON_PLURAL_DEFINITE,
        "stå": Form.INFINITIVE,
        "står": Form.PRESENT,
        "stås": Form.PASSIVE,
        "stod": Form.PAST,
        "stående": Form.PRESENT_PARTICIPLE,
        "stået": Form.PARTICIPLE,
        "vise": Form.INFINITIVE,
        "viser": Form.PRESENT,
    }
    assert found.beginnings == {"aftale"}
    assert found.lemmas["stod"] == "stå"


def test_the_lists_files_are_in_the_package() -> None:
    assert FORMS.parent == Path(sys.modules["docgen.lexicon.forms"].__file__ or "").parent
