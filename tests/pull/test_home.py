"""What colleagues did in Word, brought home: each edit at its place in the YAML, or told."""

from __future__ import annotations

import difflib
from functools import cache

import pytest

from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.project import Project
from docgen.pull.found import Change, Outcome, Pulled
from docgen.pull.home import Wishes, bring_home
from docgen.readers.docx.document import read_word
from docgen.readers.docx.tracked import ACCEPTED, REJECTED, View
from docgen.structs import replace
from docgen.writers.docx.base_text import Base
from docgen.writers.formats import DOCX
from tests.support.contents import POLICY, repository, small_project
from tests.support.docx_reading import docx_parts
from tests.support.word_edits import Change as WordEdit
from tests.support.word_edits import bold, commented, deleted, inserted, joined, plain, rewritten, split, typed

INTRODUCTION = """\
Første afsnit med *vægt* og et [link](https://a.dk) til.

Andet afsnit: tal 13,9 mia. kr. i alt.

- punkt et er her
- punkt to

Sidste afsnit.[^n]

| A | B |
|--|--|
| celle | 2 |

[^n]: En note."""
NOTES = "word/footnotes.xml"
CASE = "case/afdaekning-af-innovation-og-partnerskaber"


@cache
def sent() -> tuple[Project, bytes, Base]:
    """The small policy, the Word file that was sent of it, and what stayed at home."""
    project = small_project(introduction=INTRODUCTION)
    job = Job(project, POLICY)
    return project, job.write(DOCX), job.base


def home(
    *edits: WordEdit,
    part: str = "word/document.xml",
    view: View = ACCEPTED,
    project: Project | None = None,
    base: Base | None = None,
    wishes: Wishes | None = None,
) -> Pulled:
    """What an edited file brings; `project` is the folder as it is by now."""
    then, data, known = sent()
    for edit in edits:
        data = rewritten(data, edit, part)
    return bring_home(project or then, POLICY, read_word("x.docx", data, view), base or known, wishes or Wishes())


def lines(pulled: Pulled, project: Project | None = None) -> list[str]:
    """The lines that go and come in the YAML, without their indentation."""
    before = (project or sent()[0]).content_files
    found = []
    for path, data in pulled.files.items():
        old, new = (text.decode().split("\n") for text in (before[path], data))
        diff = difflib.unified_diff(old, new, n=0, lineterm="")
        found += [line[0] + line[1:].strip() for line in diff if line[:3] not in ("---", "+++") and line[0] in "-+"]
    return found


def outcomes(pulled: Pulled) -> list[Outcome]:
    return [change.outcome for change in pulled.changes]


@pytest.mark.slow
def test_a_file_that_nobody_wrote_in_changes_nothing() -> None:
    assert (home().changes, home().files) == ((), {})


SETS: dict[str, tuple[WordEdit, list[str]]] = {
    "a word": (
        typed("Første afsnit", "Det første afsnit"),
        [
            "-Første afsnit med *vægt* og et [link](https://a.dk) til.",
            "+Det første afsnit med *vægt* og et [link](https://a.dk) til.",
        ],
    ),
    "a number beside hard spaces": (
        typed("13,9", "14,25"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+Andet afsnit: tal 14,25 mia. kr. i alt."],
    ),
    "a stressed word": (
        typed("vægt", "tyngde"),
        [
            "-Første afsnit med *vægt* og et [link](https://a.dk) til.",
            "+Første afsnit med *tyngde* og et [link](https://a.dk) til.",
        ],
    ),
    "the words of a link": (
        typed("link", "sted"),
        [
            "-Første afsnit med *vægt* og et [link](https://a.dk) til.",
            "+Første afsnit med *vægt* og et [sted](https://a.dk) til.",
        ],
    ),
    "a word taken out": (
        typed("tal ", ""),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+Andet afsnit: 13,9 mia. kr. i alt."],
    ),
    "markup as words": (
        typed("punkt to", "punkt to: *nyt* [x] {y}"),
        ["-- punkt to", r"+- punkt to: \*nyt\* \[x\] \{y\}"],
    ),
    "what would begin a list": (
        typed("Andet afsnit:", "1. afsnit:"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", r"+1\. afsnit: tal 13,9 mia. kr. i alt."],
    ),
    "a cell": (typed("celle", "felt | to"), ["-| celle | 2 |", r"+| felt \| to | 2 |"]),
    "a lead-in": (typed("Gøre noget", "Gøre alt"), ["-lead: Gøre noget.", "+lead: Gøre alt."]),
    "the text after a lead-in": (
        typed("Indsatsens tekst", "Indsatsens nye tekst"),
        ["-Indsatsens tekst.", "+Indsatsens nye tekst."],
    ),
    "what YAML must quote": (
        typed("Oversigtens tekst", "Oversigten: 'ny' # \"tekst\""),
        ["-text: Oversigtens tekst.", r"""+text: "Oversigten: 'ny' # \"tekst\"." """.strip()],
    ),
    "words in front of a paragraph": (
        typed("Andet", "”Et” andet"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+”Et” andet afsnit: tal 13,9 mia. kr. i alt."],
    ),
    "words put in front of a paragraph": (
        typed("Andet", "Ny: Andet"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+Ny: Andet afsnit: tal 13,9 mia. kr. i alt."],
    ),
    "a whole paragraph": (
        typed("Andet afsnit: tal 13,9", "Helt andre ord"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+Helt andre ord mia. kr. i alt."],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_words_are_written_where_they_stand_in_one_line(name: str) -> None:
    edit, expected = SETS[name]
    pulled = home(edit)
    assert outcomes(pulled) == [Outcome.WRITTEN]
    assert lines(pulled) == expected


TRACKED = [("Andet afsnit:", "Nyt afsnit:"), ("punkt to", "punkt 2"), ("Værdiens tekst", "Teksten"), ("noget", "alt")]


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), TRACKED)
def test_tracked_words_are_those_of_the_view_and_have_an_author(before: str, after: str) -> None:
    edit = typed(before, after, "Bo Jensen")
    (change,) = home(edit).changes
    assert (change.outcome, change.by, change.date) == (Outcome.WRITTEN, "Bo Jensen", "2026-02-03T10:15:00Z")
    assert lines(home(edit)) == lines(home(typed(before, after)))
    assert home(edit, view=REJECTED).changes == ()
    assert home(edit, view=View(author="Bo Jensen")).files == home(edit).files
    assert home(edit, view=View(author="Ane")).changes == ()


def test_a_note_is_written_in_its_text() -> None:
    assert lines(home(typed("En note", "En bedre note"), part=NOTES)) == ["-[^n]: En note.", "+[^n]: En bedre note."]


def test_who_did_what_is_not_tracked_can_be_said() -> None:
    (change,) = home(typed("Andet", "Nyt"), wishes=Wishes(author="Ane")).changes
    assert change.by == "Ane"


def test_a_text_that_is_shown_twice_is_written_once_and_says_where_else_it_stands() -> None:
    pulled = home(typed("Værdien i én sætning", "Værdien i to sætninger"))
    assert lines(pulled) == ["-statement: Værdien i én sætning.", "+statement: Værdien i to sætninger."]
    (change,) = pulled.changes
    assert "det ændrer også" in change.note


def test_changed_differently_in_two_places_it_is_a_conflict() -> None:
    first, second = typed("i én sætning", "i to"), typed("i én sætning", "i tre")
    pulled = home(first, second)
    assert set(outcomes(pulled)) == {Outcome.CONFLICT}
    assert pulled.files == {}


# -- paragraphs -----------------------------------------------------------------------------------------------------

STRUCTURE: dict[str, tuple[WordEdit, list[str]]] = {
    "a paragraph typed": (inserted("Andet afsnit", "# Et nyt"), [r"+\# Et nyt", "+"]),
    "an item typed": (inserted("punkt et", "et nyt punkt"), ["+- et nyt punkt"]),
    "a tracked item": (inserted("punkt et", "et nyt punkt", "Bo"), ["+- et nyt punkt"]),
    "a paragraph deleted": (deleted("Andet afsnit"), ["-", "-Andet afsnit: tal 13,9 mia. kr. i alt."]),
    "a paragraph deleted, tracked": (deleted("Andet afsnit", "Bo"), ["-", "-Andet afsnit: tal 13,9 mia. kr. i alt."]),
    "an item deleted": (deleted("punkt to"), ["-- punkt to"]),
    "a paragraph split": (
        split("Andet afsnit:"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+Andet afsnit:", "+", "+tal 13,9 mia. kr. i alt."],
    ),
    "a paragraph split, tracked": (
        split("Andet afsnit:", "Bo"),
        ["-Andet afsnit: tal 13,9 mia. kr. i alt.", "+Andet afsnit:", "+", "+tal 13,9 mia. kr. i alt."],
    ),
    "an item split": (split("punkt et"), ["-- punkt et er her", "+- punkt et", "+- er her"]),
    "items joined": (joined("punkt et"), ["-- punkt et er her", "-- punkt to", "+- punkt et er her punkt to"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", STRUCTURE)
def test_paragraphs_wait_until_they_are_asked_for(name: str) -> None:
    edit, expected = STRUCTURE[name]
    waiting = home(edit)
    assert outcomes(waiting) == [Outcome.STRUCTURE]
    assert waiting.files == {}
    written = home(edit, wishes=Wishes(structural=True))
    assert outcomes(written) == [Outcome.WRITTEN]
    assert lines(written) == expected


@pytest.mark.parametrize("name", [name for name in STRUCTURE if "tracked" in name])
def test_rejected_they_are_not_there(name: str) -> None:
    assert home(STRUCTURE[name][0], view=REJECTED, wishes=Wishes(structural=True)).changes == ()


def test_an_item_of_which_nothing_is_left_is_taken_out() -> None:
    small = small_project()
    path = "policies/eksempel/values/1-vaerdi.yaml"
    more = b"  # om den anden\n  - id: to\n    lead: Mere.\n    text: Og til.\n"
    two = replace(small, content_files={**small.content_files, path: small.content_files[path].rstrip() + b"\n" + more})
    job = Job(two, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), deleted("Mere. Og til")))
    assert outcomes(bring_home(two, POLICY, word, job.base, Wishes())) == [Outcome.STRUCTURE]
    pulled = bring_home(two, POLICY, word, job.base, Wishes(structural=True))
    assert outcomes(pulled) == [Outcome.WRITTEN]
    assert lines(pulled, two) == ["-# om den anden", "-- id: to", "-lead: Mere.", "-text: Og til."]


TOLD: dict[str, tuple[WordEdit, Outcome]] = {
    "what docgen computes": (typed("2022", "2023"), Outcome.COMPUTED),
    "words of all documents": (typed("Eksempel Kommune", "Ny Kommune"), Outcome.SHARED),
    "bold alone": (bold("Oversigtens tekst"), Outcome.LOOKS),
    "italic taken off": (plain("vægt"), Outcome.LOOKS),
    "the last paragraph with a note": (deleted("Sidste afsnit"), Outcome.UNPROVED),
    "the only item": (deleted("Gøre noget"), Outcome.UNPROVED),
    "a line split that must be one": (split("Værdien i én"), Outcome.UNPROVED),
    "a paragraph where no field can hold it": (inserted("Kommunen vil", "Nyt"), Outcome.UNPROVED),
    "a paragraph beside a label": (inserted("Version", "Nyt"), Outcome.HOMELESS),
    "the table of contents": (typed("Afgrænsning", "Omfang"), Outcome.COMPUTED),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_written_is_told(name: str) -> None:
    edit, outcome = TOLD[name]
    pulled = home(edit, wishes=Wishes(structural=True))
    assert outcomes(pulled) == [outcome]
    assert pulled.changes[0].note
    assert pulled.files == {}


def test_a_changed_head_or_foot_is_told_and_never_no_change() -> None:
    """UseJunior/safe-docx#648."""
    parts = docx_parts(sent()[1])
    name = next(name for name, data in parts.items() if name.startswith("word/footer") and b"Version" in data)
    pulled = home(typed("Version", "Udgave"), part=name)
    assert outcomes(pulled) == [Outcome.TEMPLATE]
    assert "Udgave" in pulled.changes[0].after
    assert "sidefod" in pulled.changes[0].note


def test_words_of_all_documents_are_written_when_that_is_asked_for() -> None:
    pulled = home(typed("Eksempel Kommune", "Ny Kommune"), wishes=Wishes(shared=True))
    assert [*pulled.files] == ["settings.yaml"]
    assert lines(pulled)[1] == "+municipality: {name: Ny Kommune, council: raadet}"


def test_one_edit_that_cannot_be_written_stops_no_other() -> None:
    pulled = home(typed("Første", "Nyt første"), typed("Gøre noget", "Gøre alt"), typed("2022", "2023"))
    assert sorted(outcomes(pulled)) == [Outcome.COMPUTED, Outcome.WRITTEN, Outcome.WRITTEN]
    assert len(pulled.files) == 2


# -- what was changed meanwhile -------------------------------------------------------------------------------------


def since(before: str, after: str) -> Project:
    """The folder, where some words of the introduction have become others since the file was sent."""
    assert before in INTRODUCTION
    return small_project(introduction=INTRODUCTION.replace(before, after))


def test_other_words_of_the_paragraph_are_merged() -> None:
    project = since("i alt", "tilsammen")
    pulled = home(typed("Andet", "Det andet"), project=project)
    assert outcomes(pulled) == [Outcome.WRITTEN]
    assert lines(pulled, project) == [
        "-Andet afsnit: tal 13,9 mia. kr. tilsammen.",
        "+Det andet afsnit: tal 13,9 mia. kr. tilsammen.",
    ]


def test_the_same_words_are_a_conflict_with_all_three() -> None:
    pulled = home(typed("Andet", "Tredje"), typed("punkt to", "punkt 2"), project=since("Andet", "Fjerde"))
    conflict = [change for change in pulled.changes if change.outcome is Outcome.CONFLICT]
    assert conflict
    assert "Andet" in conflict[0].before
    assert "Tredje" in conflict[0].after
    assert "Fjerde" in conflict[0].mine
    assert pulled.files == {}, "the field with the conflict is untouched"


def test_a_conflict_stops_no_other_field_unless_that_is_asked_for() -> None:
    edits = typed("Andet", "Tredje"), typed("Gøre noget", "Gøre alt")
    project = since("Andet", "Fjerde")
    assert len(home(*edits, project=project).files) == 1
    nothing = home(*edits, project=project, wishes=Wishes(all_or_nothing=True))
    assert nothing.files == {}
    assert Outcome.SHOWN in outcomes(nothing)


def test_what_stands_there_already_is_told_and_not_written() -> None:
    pulled = home(typed("Andet", "Tredje"), project=since("Andet", "Tredje"))
    assert outcomes(pulled) == [Outcome.ALREADY]
    assert pulled.files == {}


def test_a_paragraph_put_in_front_is_no_obstacle() -> None:
    project = since("Første", "Et helt nyt afsnit.\n\nFørste")
    assert lines(home(typed("Andet", "Det andet"), project=project), project) == [
        "-Andet afsnit: tal 13,9 mia. kr. i alt.",
        "+Det andet afsnit: tal 13,9 mia. kr. i alt.",
    ]


def test_a_file_that_was_renamed_is_found_by_its_words() -> None:
    then = sent()[0]
    files = dict(then.content_files)
    files["policies/eksempel/values/2-ny.yaml"] = files.pop("policies/eksempel/values/1-vaerdi.yaml")
    pulled = home(typed("Værdiens tekst", "Værdiens nye tekst"), project=replace(then, content_files=files))
    assert [*pulled.files] == ["policies/eksempel/values/2-ny.yaml"]


def test_the_spelling_of_today_is_kept() -> None:
    project = since("*vægt*", "_vægt_")
    assert lines(home(typed("Første", "Det første"), project=project), project) == [
        "-Første afsnit med _vægt_ og et [link](https://a.dk) til.",
        "+Det første afsnit med _vægt_ og et [link](https://a.dk) til.",
    ]


def test_three_colleagues_one_after_the_other() -> None:
    project = sent()[0]
    for before, after in (("Andet", "Det andet"), ("punkt to", "punkt 2"), ("i alt", "tilsammen")):
        pulled = home(typed(before, after), project=project)
        assert outcomes(pulled) == [Outcome.WRITTEN]
        project = replace(project, content_files={**project.content_files, **pulled.files})
    text = project.content_files["policies/eksempel/policy.yaml"].decode()
    assert "Det andet afsnit: tal 13,9 mia. kr. tilsammen." in text
    assert "- punkt 2\n" in text


# -- without what stayed at home ------------------------------------------------------------------------------------


def test_without_its_words_a_file_of_another_build_is_only_shown() -> None:
    _, data, _ = sent()
    word = read_word("x.docx", rewritten(data, typed("Andet", "Det andet")))
    pulled = bring_home(since("i alt", "tilsammen"), POLICY, word, None, Wishes())
    assert pulled.files == {}
    assert set(outcomes(pulled)) <= {Outcome.SHOWN, Outcome.HOMELESS, Outcome.STRUCTURE}
    assert pulled.changes


def test_without_its_words_a_file_of_todays_build_is_brought_home() -> None:
    then, data, _ = sent()
    word = read_word("x.docx", rewritten(data, typed("Andet", "Det andet")))
    assert outcomes(bring_home(then, POLICY, word, None, Wishes())) == [Outcome.WRITTEN]


def test_where_the_marks_are_lost_nothing_is_written() -> None:
    def forget(root: object) -> None:
        for mark in list(root.iter("{*}bookmarkStart")):  # type: ignore[attr-defined]
            mark.getparent().remove(mark)

    pulled = home(forget, typed("Andet", "Det andet"))
    assert pulled.files == {}
    assert pulled.changes


# -- editions and comments ------------------------------------------------------------------------------------------


def test_a_citation_cannot_be_written_over() -> None:
    job = Job(repository(), CASE)
    data = rewritten(job.write(DOCX), typed("bilag\u00a01", "bilag 7"))
    (change,) = bring_home(repository(), CASE, read_word("x.docx", data), job.base, Wishes()).changes
    assert change.outcome is Outcome.COMPUTED
    assert "{bilag:" in change.note


@pytest.mark.slow
@pytest.mark.parametrize("edition", list(Edition))
def test_words_stay_in_the_field_that_they_are_from_in_either_edition(edition: Edition) -> None:
    job = Job(repository(), CASE, edition)
    data = rewritten(job.write(DOCX), typed("to forvaltninger", "tre forvaltninger"))
    pulled = bring_home(repository(), CASE, read_word("x.docx", data), job.base, Wishes())
    assert [(change.outcome, change.path) for change in pulled.changes] == [
        (Outcome.WRITTEN, ("sections", "@solution", "text"))
    ]


def test_a_comment_is_told_with_its_place() -> None:
    then, data, base = sent()
    word = read_word("x.docx", commented(data, "Andet afsnit", "Passer tallet?", "Bo Jensen"))
    (remark,) = bring_home(then, POLICY, word, base, Wishes()).remarks
    assert (remark.author, remark.text) == ("Bo Jensen", "Passer tallet?")
    assert remark.path == ("introduction", "text")
    assert remark.line > 1


def test_each_change_has_the_line_where_it_stands() -> None:
    change: Change
    (change,) = home(typed("Gøre noget", "Gøre alt")).changes
    assert (change.file, change.line) == ("content/policies/eksempel/values/1-vaerdi.yaml", 7)


QUOTED = b"pull_quote: V\xc3\xa6rdiens tekst er en lang s\xc3\xa6tning.\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1])
def test_a_quotation_follows_what_it_quotes_and_the_other_way_round(number: int) -> None:
    path = "policies/eksempel/values/1-vaerdi.yaml"
    data = sent()[0].content_files[path].replace(b"rdiens tekst.", b"rdiens tekst er en lang s\xc3\xa6tning.")
    project = replace(sent()[0], content_files={**sent()[0].content_files, path: data + QUOTED})
    job = Job(project, POLICY)
    word = read_word("x.docx", rewritten(job.write(DOCX), typed("en lang sætning", "en kort sætning", number=number)))
    pulled = bring_home(project, POLICY, word, job.base, Wishes())
    assert outcomes(pulled) == [Outcome.WRITTEN, Outcome.WRITTEN]
    assert "de skal følges ad" in pulled.changes[1].note
    assert sorted(line for line in lines(pulled, project) if line[0] == "+") == [
        "+pull_quote: Værdiens tekst er en kort sætning.",
        "+text: Værdiens tekst er en kort sætning.",
    ]


def test_words_typed_before_a_value_are_the_values_and_not_the_templates() -> None:
    (change,) = home(typed("1.0", "ny 1.0")).changes
    assert change.path == ("version",)


# -- a sentence that all cases have ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_sentence_that_all_have_becomes_the_cases_own_and_once() -> None:
    project, job = repository(), Job(repository(), CASE)
    word = read_word("x.docx", rewritten(job.write(DOCX), typed("ingen økonomiske", "kun *få* økonomiske")))
    pulled = bring_home(project, CASE, word, job.base, Wishes())
    assert outcomes(pulled) == [Outcome.WRITTEN]
    assert "sagen får her sin egen" in pulled.changes[0].note
    own = r"+text: Sagen har i sig selv kun \*få\* økonomiske konsekvenser."
    assert lines(pulled, project) == ["+- id: finance", own]
    text = pulled.files[f"cases/{CASE.partition('/')[2]}.yaml"].decode()
    assert text.index("id: solution") < text.index("id: finance") < text.index("id: next-steps")
    after = replace(project, content_files={**project.content_files, **pulled.files})
    assert outcomes(bring_home(after, CASE, word, job.base, Wishes())) == [Outcome.ALREADY]
    shared = bring_home(project, CASE, word, job.base, Wishes(shared=True))
    assert [*shared.files] == ["settings.yaml"]
