"""What a version says, whatever it looks like: which changes make other words, and which do not."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.kinds.edition import Edition
from docgen.ledger.words import plain_words, words, words_hash
from docgen.pipeline import Job
from docgen.project import Project
from docgen.structs import replace
from tests.support.contents import POLICY, REAL_POLICY, SVG, repository, small_content, small_project
from tests.support.effort import tries
from tests.support.examples_project import examples

CASE = "case/beslutning/borgerrepraesentationen"
AGENDA = "meeting/2024-06-20-br/dagsorden"


def changed(project: Project, folder: str, path: str, old: str, new: str) -> Project:
    files = dict(project.content_files if folder == "content" else project.template_files)
    text = files[path].decode()
    assert old in text, (path, old)
    files[path] = text.replace(old, new, 1).encode()
    # Rules between documents are not asked: a policy's words are its own, whatever else leans on them.
    return replace(
        project, source_of=Edition.INTERNAL, **{"content_files" if folder == "content" else "template_files": files}
    )


def said(project: Project, document: str = REAL_POLICY, edition: Edition = Edition.PUBLIC) -> str:
    return words_hash(Job(project, document, edition))


OWN = "policies/indkoebspolitik-2023-2026/policy.yaml"
VALUE = "policies/indkoebspolitik-2023-2026/values/2-reduceret-klimaaftryk.yaml"

SAME = {
    "template word": ("templates", "policy_frame.md.j2", "Status\n", "Tilstand\n"),
    "theme": ("templates", "theme/style.css", "{", "{ "),
    "contents": ("templates", "policy.md.j2", "{contents} Indhold", "{contents} Oversigt"),
    "comment": ("content", OWN, "title:", "# en bemærkning\ntitle:"),
    "label": ("content", "settings.yaml", "decides: ", "decides: Så "),
    "another file": ("content", "glossary.yaml", "abbreviations:", "# mere\nabbreviations:"),
    "version": ("content", OWN, '"1.0"', '"1.1"'),
    "colophon": ("content", OWN, "Denne udgave gengiver", "Denne nye udgave gengiver"),
    "soft hyphen": ("content", OWN, "title: Indledning", "title: Ind\u00adledning"),
    "emphasis": ("content", OWN, "title: Indledning", "title: '*Indledning*'"),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_a_version_looks_like_is_not_what_it_says(change: tuple[str, str, str, str]) -> None:
    if change[1] == OWN and change[2] not in repository().content_files[OWN].decode():
        pytest.fail(f"{change[2]} is not in the policy")
    assert said(changed(repository(), *change)) == said(repository())


OTHER = {
    "title": ("content", OWN, "title: Indledning", "title: Indgang"),
    "date": ("content", OWN, "date: 2022-12-01", "date: 2022-12-02"),
    "choice": ("content", OWN, "status: vedtaget", "status: udgået"),
    "word": ("content", VALUE, "klimaaftryk mindre", "klimaspor mindre"),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_every_word_and_number_is_what_it_says(change: tuple[str, str, str, str]) -> None:
    assert said(changed(repository(), *change)) != said(repository())


@pytest.mark.slow
def test_numbers_and_votes_count_and_how_a_chart_is_drawn_does_not() -> None:
    path = "follow_ups/2024.yaml"
    before = said(repository(), "follow-up/2024")
    number = changed(repository(), "content", path, "value: 13.8", "value: 13.9")
    assert said(number, "follow-up/2024") != before
    same = changed(repository(), "content", path, "value: 13.8", "value: 13.80")
    assert said(same, "follow-up/2024") == before
    drawn = changed(repository(), "content", path, "chart: line", "chart: bars")
    assert said(drawn, "follow-up/2024") == before


WRITTEN = "Indledningens tekst."


def test_a_note_and_a_picture_are_words() -> None:
    project = small_project()
    path = next(path for path in project.content_files if path.endswith("policy.yaml"))
    first = changed(project, "content", path, WRITTEN, f"{WRITTEN}[^a]\n\n    [^a]: En note.")
    other = changed(project, "content", path, WRITTEN, f"{WRITTEN}[^a]\n\n    [^a]: En anden.")
    assert len({said(found, POLICY) for found in (project, first, other)}) == 3
    picture = f"{WRITTEN}\n\n    ![Et billede](images/x.svg)"
    shown = []
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--%s--><rect width="%d" height="9"/></svg>'
    for data in (drawn % (b"", 3), drawn % (b"", 4)):
        found = changed(project, "content", path, WRITTEN, picture)
        shown.append(said(replace(found, content_files={**found.content_files, "images/x.svg": data}), POLICY))
    described = changed(found, "content", path, "Et billede", "Et andet billede")
    shown.append(said(replace(described, content_files={**described.content_files, "images/x.svg": data}), POLICY))
    assert len(set(shown)) == 3
    told = replace(found, content_files={**found.content_files, "images/x.svg": drawn % (b"af nogen", 4)})
    assert said(told, POLICY) == shown[1], "who drew it is no part of what it says"


def test_each_edition_and_rendering_says_its_own() -> None:
    found = examples()
    public = said(found, CASE)
    assert said(found, CASE, Edition.INTERNAL) != public
    path = "cases/beslutning.yaml"
    hidden = changed(found, "content", path, "Leverandørens tilbud", "Leverandørens andet tilbud")
    assert said(hidden, CASE) == public, "what is closed is in no hash of the public edition"
    assert said(hidden, CASE, Edition.INTERNAL) != said(found, CASE, Edition.INTERNAL)


def test_an_agenda_does_not_know_what_was_decided() -> None:
    found = examples()
    meeting = "meetings/2024-06-20-br.yaml"
    agenda, minutes = said(found, AGENDA), said(found, "meeting/2024-06-20-br/beslutningsprotokol")
    later = changed(found, "content", meeting, "ended: ", "ended: 23:59 # ")
    assert said(later, AGENDA) == agenda
    assert said(later, "meeting/2024-06-20-br/beslutningsprotokol") != minutes


def test_the_lines_are_keys_and_words_in_order() -> None:
    lines = words(Job(repository(), REAL_POLICY).source, repository().kinds)
    assert lines[0] == "title: Indkøbspolitik 2023-2026"
    assert not [line for line in lines if line.startswith(("id:", "version:"))][1:]


TEXT = """\
Ord med *kursiv*, **fed**, `kode`, [et link](https://a.dk) og {bilag:x}[^a].
Næste linje\\
og ny linje. Tegn: \\*.

# Overskrift

- et
- to
    1. inderst

5. fem
6. seks

> citat

```
kode
```

| a | b |
|---|--:|
| 1 | **2** |

![Et billede](images/kort.svg "Titel")

[^a]: En note."""


def test_the_words_of_all_that_a_text_can_hold() -> None:
    found = Project(small_content(introduction=TEXT), repository().template_files, source_of=Edition.INTERNAL)
    read = words(Job(found, POLICY).source, found.kinds)
    (line,) = [line for line in read if line.startswith("text: Ord")]
    picture = sha256(SVG).hexdigest()
    assert line == (
        "text: Ord med kursiv, fed, kode, et link <https://a.dk> og {bilag:x}[^]. Næste linje og ny linje. Tegn: *. "
        "Overskrift et to 1. inderst 5. fem seks citat kode | a | b | 1 | 2 "
        f"Et billede Titel <{picture}> [^] En note."
    )
    assert read[read.index(line) - 2 : read.index(line)] == ("introduction:", "title: Indledning")
    assert {"status: udkast", "date: 2022-12-01", "period:", "from: 2023", "to: 2026"} <= set(read)


@cache
def lines_of(text: str) -> str:
    return plain_words(text)


@settings(max_examples=tries(50), deadline=None)
@given(st.lists(st.text(st.characters(categories=("L", "N")), min_size=1), min_size=1))
def test_spaces_and_soft_hyphens_are_no_words(parts: list[str]) -> None:
    plain = lines_of(" ".join(parts))
    assert lines_of("\u00a0 ".join(parts)) == lines_of("\n".join(parts)) == plain
    assert lines_of(" ".join("\u00ad".join(part) if part.isascii() else part for part in parts)) == plain
