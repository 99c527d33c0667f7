"""One field is written at a time: nothing else in the file changes, and nothing of anybody else's is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.content.yaml_editor import SetValue
from docgen.content.yaml_reader import comments, read_yaml, scalars
from docgen.kinds.edition import Edition
from docgen.problems import ContentError, DocgenError, OutputError
from docgen.proofing import proofread
from docgen.structs import replace
from docgen.studio.answers import print_of
from docgen.studio.deciding import Decided, Deciding
from docgen.studio.drafts import Typed
from docgen.studio.forms import NoFieldError, shown
from docgen.studio.mending import Found
from docgen.studio.saving import ConflictError, NothingToUndoError
from docgen.studio.unsaved import Unsaved
from tests.support.effort import tries
from tests.support.studio import CASE, CASE_FILE, POLICY, POLICY_FILE, copy_of_repository
from tests.support.writing_studio import FILE, Studio

TITLE, SOLUTION = ("title",), ("sections", "@solution", "text")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    found = Studio(copy_of_repository(tmp_path))
    yield found
    found.session.close()


def _lines(before: bytes, after: bytes) -> int:
    return sum(old != new for old, new in zip(before.split(b"\n"), after.split(b"\n"), strict=True))


def test_a_word_is_one_line_and_every_comment_stays(studio: Studio) -> None:
    before = studio.data()
    text = studio.value(SOLUTION)
    assert "\n" not in text.split("\n\n")[0]
    saved = studio.saver.save(studio.typed(SOLUTION, text.replace("fem værdier", "seks værdier")))
    assert saved is not None
    assert _lines(before, studio.data()) == 1
    assert [line[0] for line in saved.lines] == ["-", "+"]
    assert studio.data().count(b"#") == before.count(b"#")


@pytest.mark.slow
def test_the_document_follows_what_is_typed_and_the_file_does_not(studio: Studio) -> None:
    before = studio.data()
    typed = studio.typed(SOLUTION, studio.value(SOLUTION).replace("fem værdier", "fem gyldne værdier"))
    view = studio.drafts.view(CASE, Edition.PUBLIC, [typed])
    assert b"fem gyldne v" in view.html
    assert view.problems == ()
    assert studio.data() == before
    assert b"gyldne" not in studio.session.view(CASE, Edition.PUBLIC).html
    wrong = studio.drafts.view(CASE, Edition.PUBLIC, [studio.typed(("version",), "en")])
    assert wrong.html == view.html  # the last that could be made
    assert [problem.message for problem in wrong.problems] == ["'en' er ikke et versionsnummer"]


def test_a_page_that_is_not_told_of_a_save_yet_still_leads_to_its_fields(studio: Studio) -> None:
    before = studio.session.view(CASE, Edition.PUBLIC)
    studio.saver.save(studio.typed(TITLE, "En anden titel"))
    studio.session.refresh()
    assert studio.session.view(CASE, Edition.PUBLIC).html != before.html
    assert studio.drafts.shown(CASE, Edition.PUBLIC, print_of(before.html)) is before
    with pytest.raises(KeyError):
        studio.drafts.shown(POLICY, Edition.PUBLIC, print_of(before.html))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (TITLE, "", "skal"),
        (("date",), "i morgen", "er ikke en dato"),
        (("status",), "måske", "måske"),
        (("version",), "1", "er ikke et versionsnummer"),
        (("recommendation", "0", "points", "@vedtage-politikken", "text"), "at det vedtages.", "begynder med 'at'"),
        (("treatments", "0", "body"), "Økonomiudvalget", "kan ikke være et id"),
    ],
)
def test_what_the_schema_refuses_is_not_written(studio: Studio, path: tuple[str, ...], text: str, told: str) -> None:
    before = studio.data()
    with pytest.raises(ContentError) as error:
        studio.saver.save(studio.typed(path, text))
    assert error.value.problems
    assert told in " ".join(f"{problem.message} {problem.hint}" for problem in error.value.problems) or not text
    assert studio.data() == before


def test_a_fault_that_is_there_already_keeps_nobody_from_mending_another(studio: Studio) -> None:
    studio.edit('version: "1.0"\nstatus: vedtaget', 'version: "en"\nstatus: vedtaget')
    assert studio.saver.save(studio.typed(TITLE, "En ny titel")) is not None
    assert studio.saver.save(studio.typed(("version",), "1.1")) is not None
    assert b'version: "1.1"' in studio.data()


def test_another_field_of_a_colleague_is_kept(studio: Studio) -> None:
    typed = studio.typed(TITLE, "Min titel")
    studio.edit("fem ligestillede", "fem ens")
    assert studio.saver.save(typed) is not None
    text = studio.data().decode()
    assert "title: Min titel" in text
    assert "fem ens" in text


def test_the_same_field_of_a_colleague_is_shown_and_nothing_written(studio: Studio) -> None:
    typed = studio.typed(TITLE, "Min titel")
    studio.edit("title: Vedtagelse af Københavns Kommunes indkøbspolitik 2023-2026", "title: Deres titel")
    before = studio.data()
    with pytest.raises(ConflictError) as conflict:
        studio.saver.save(typed)
    assert conflict.value.theirs == "Deres titel"
    assert studio.data() == before
    mine = Typed(FILE, TITLE, conflict.value.theirs, "Min titel")
    assert studio.saver.save(mine) is not None
    assert b"title: Min titel" in studio.data()


def test_unchanged_is_not_written(studio: Studio) -> None:
    path = studio.folder / "content" / CASE_FILE
    stamp = path.stat().st_mtime_ns
    for place in (TITLE, SOLUTION, ("status",), ("treatments", "0", "date")):
        assert studio.saver.save(studio.typed(place, studio.value(place))) is None
    assert path.stat().st_mtime_ns == stamp


def test_saves_are_undone_and_done_again_whatever_came_between(studio: Studio) -> None:
    first = studio.data()
    studio.saver.save(studio.typed(TITLE, "Først"))
    second = studio.data()
    studio.saver.save(studio.typed(TITLE, "Så"))
    studio.saver.undo()
    assert studio.data() == second
    studio.saver.undo()
    assert studio.data() == first
    with pytest.raises(NothingToUndoError):
        studio.saver.undo()
    studio.saver.redo()
    assert studio.data() == second
    studio.edit("fem ligestillede", "fem ens")  # a colleague, in another field
    studio.saver.undo()
    assert studio.value(TITLE).startswith("Vedtagelse af")
    assert b"fem ens" in studio.data()
    studio.saver.save(studio.typed(TITLE, "Igen"))
    studio.edit("title: Igen", "title: Deres")
    with pytest.raises(ConflictError):
        studio.saver.undo()
    assert b"title: Deres" in studio.data()


def test_a_field_is_put_in_its_place_and_taken_out(studio: Studio) -> None:
    before = studio.data()
    studio.saver.save(studio.typed(("case_number",), "2022-0123456"))
    lines = studio.data().decode().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("case_number:"))
    assert lines[at - 1].startswith("administrations:")
    assert lines[at + 1].startswith("summary:")
    studio.saver.save(studio.typed(("case_number",), ""))
    assert studio.data() == before


@pytest.mark.parametrize(
    "file", ["content/issued/head.json", "content/../pyproject.toml", "templates/case.md.j2", "content/.docgen/x.yaml"]
)
def test_nothing_else_can_be_written(studio: Studio, file: str) -> None:
    with pytest.raises(KeyError):
        studio.saver.save(Typed(file, TITLE, "", "x"))
    with pytest.raises(NoFieldError):
        studio.saver.put(file, b"", b"x", "")


@pytest.mark.slow
def test_random_edits_change_one_value_and_lose_no_comment(studio: Studio) -> None:
    dice, done = random.Random(11), 0
    for file in (CASE_FILE, POLICY_FILE, "settings.yaml", "meetings/2022-12-01-br.yaml"):
        for _ in range(tries(4)):
            studio.session.refresh()
            read = read_yaml(file, studio.data(file))
            one = dice.choice([each for each in scalars(read) if " " in each])
            path = one.origin.path
            spot = studio.drafts.spot(f"content/{file}", path)
            if not spot.is_single or spot.path != path:
                continue
            words = shown(spot.shape, spot.value).split(" ")
            at = dice.randrange(len(words))
            words[at] = dice.choice(["ord: med", "#nummer", "'citat'", '"sagt"', "- streg", "[klamme]", "å*æ", "{x"])
            before = studio.data(file)
            try:
                studio.saver.save(Typed(f"content/{file}", path, shown(spot.shape, spot.value), " ".join(words)))
            except DocgenError:
                assert studio.data(file) == before
                continue
            after = studio.data(file)
            earlier, now = (list(scalars(read_yaml(file, data))) for data in (before, after))
            changed = [old.origin.path for old, new in zip(earlier, now, strict=True) if str(old) != str(new)]
            assert changed == [path]
            told = [[c.text for c in comments(d.decode(), read_yaml(file, d))] for d in (before, after)]
            assert told[0] == told[1]
            assert studio.value(path, f"content/{file}") == " ".join(words)
            done += 1
    assert done > tries(4)


# -- findings ----------------------------------------------------------------------------------------------------------


def _found(studio: Studio, code: str) -> Found:
    studio.session.refresh()
    one = next(one for one in studio.session.findings(CASE) if one.rule.code == code)
    return Found(CASE, one.file, one.line, one.column, code)


def test_a_finding_is_fixed_as_check_fix_would_of_it_alone(studio: Studio) -> None:
    studio.edit("fire år ad gangen", "fire år  ad gangen, i pct. 12 %,")
    studio.session.refresh()
    safe = [one for one in studio.session.findings(CASE) if one.is_safe]
    assert safe
    for one in safe:
        studio.session.refresh()
        data = studio.data()
        wanted, _ = proofread.fix(data, [one], one.file)
        current = next(each for each in studio.session.findings(CASE) if each.hit.right == one.hit.right)
        found = Found(CASE, current.file, current.line, current.column, current.rule.code)
        assert studio.mender.fix(found) is not None
        if len(safe) == 1:
            assert studio.data() == wanted
    studio.session.refresh()
    assert [one for one in studio.session.findings(CASE) if one.is_safe] == []


def test_a_word_is_chosen_among_those_it_may_have_been(studio: Studio) -> None:
    studio.edit("fem ligestillede", "fem ligestilede")
    studio.session.refresh()
    one = next(one for one in studio.session.findings(CASE) if "ligestilede" in one.source_line)
    assert one.hit.alternatives or one.hit.right
    words = (one.hit.alternatives or (str(one.hit.right),))[0]
    found = Found(CASE, one.file, one.line, one.column, one.rule.code)
    with pytest.raises(KeyError):
        studio.mender.choose(found, "noget helt andet")
    assert studio.mender.choose(found, words) is not None
    assert f"fem {words}".encode() in studio.data()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fem ligestillede", "fem ligestilede"),  # in a folded text
        ("offentlige indkøbere", "ofentlige indkøbere"),  # in a block
        ("Politikken udstikker", "Pollitikken udstikker"),  # in a line
        ("interessenter uden", "interesenter uden"),  # in the third paragraph of a block
    ],
)
def test_a_finding_is_let_pass_with_a_reason(studio: Studio, old: str, new: str) -> None:
    studio.edit(old, new)
    studio.session.refresh()
    (one,) = [one for one in studio.session.findings(CASE) if one.rule.code.startswith("DG3")]
    found = Found(CASE, one.file, one.line, one.column, one.rule.code)
    with pytest.raises(ContentError):
        studio.mender.allow(found, "  ")
    assert studio.mender.allow(found, "et citat") is not None
    assert f"# docgen: tillad {one.rule.code} et citat".encode() in studio.data()
    studio.session.refresh()
    assert [each.rule.code for each in studio.session.findings(CASE)] == []


# -- structure ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_at_point_is_added_moved_and_taken_out(studio: Studio) -> None:
    before = studio.data()
    points = ("recommendation", "0", "points")
    added = studio.structure.add(FILE, points, {"text": "forvaltningen følger op hvert år"})
    assert added.path == (*points, "@forvaltningen-foelger-op-hvert-aar")
    view = studio.session.view(CASE, Edition.PUBLIC)
    assert b"forvaltningen f\xc3\xb8lger op hvert" in view.html
    moved = studio.structure.move(FILE, added.path, 0)
    studio.session.refresh()
    assert studio.drafts.spot(FILE, points).value[0]["id"] == moved.path[-1][1:]  # type: ignore[index, call-overload]
    studio.structure.remove(FILE, moved.path)
    studio.session.refresh()
    assert studio.data() == before


def test_what_is_new_is_refused_by_the_schema_too(studio: Studio) -> None:
    before = studio.data()
    with pytest.raises(ContentError):
        studio.structure.add(FILE, ("annexes",), {"title": "Et bilag", "file": "findes-ikke.pdf"})
    assert studio.data() == before
    with pytest.raises(NoFieldError):
        studio.structure.add(FILE, ("title",), {})
    with pytest.raises(NoFieldError):
        studio.structure.remove(FILE, ("title",))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [("case", "Støj i Østbyen på ny"), ("policy", "stoej"), ("guide", "Hjælp")])
def test_a_document_is_begun(studio: Studio, kind: str, name: str) -> None:
    id = studio.structure.begin(kind, name, "")
    assert id.kind == kind
    view = studio.session.view(str(id), Edition.PUBLIC)
    assert view.html
    with pytest.raises(OutputError):
        studio.structure.begin(kind, id.name, "")


# -- meeting day -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_decision_and_its_votes_are_one_line_each(studio: Studio) -> None:
    studio.edit(
        "{letter: A, name: Socialdemokratiet}", "{letter: A, name: S, seats: {oekonomiudvalget: 4}}", "settings.yaml"
    )
    studio.edit(
        "{letter: C, name: Det Konservative Folkeparti}",
        "{letter: C, name: K, seats: {oekonomiudvalget: 2}}",
        "settings.yaml",
    )
    studio.session.refresh()
    deciding = Deciding(studio.session, studio.drafts, studio.saver)
    form = deciding.form(FILE)
    assert [one["id"] for one in form["points"]] == ["vedtage-politikken"]
    treatment = next(one for one in form["treatments"] if one["role"].startswith("anbefaler"))
    voted: dict[str, tuple[str, ...]] = {"for": ("A",), "against": ("C",)}
    decided = Decided("vedtage-politikken", "anbefalet", "vote", "", voted)
    assert deciding.decide(FILE, tuple(treatment["path"]), decided) is not None
    told = studio.data().decode()
    assert "point: vedtage-politikken" in told
    assert "votes_for: 4" in told
    assert "parties_against: [C]" in told or "- C" in told
    studio.session.refresh()
    again = Decided("vedtage-politikken", "anbefalet", "unanimous")
    assert deciding.decide(FILE, tuple(treatment["path"]), again) is not None
    studio.session.refresh()
    (outcome,) = next(one for one in deciding.form(FILE)["treatments"] if one["path"] == treatment["path"])["outcomes"]
    assert outcome == {"point": "vedtage-politikken", "verb": "anbefalet", "how": "unanimous"}
    with pytest.raises(ContentError):
        deciding.decide(FILE, tuple(treatment["path"]), Decided("findes-ikke", "anbefalet"))
    with pytest.raises(NoFieldError):
        deciding.form("content/settings.yaml")
    with pytest.raises(NoFieldError):
        deciding.decide(FILE, ("sections", "@problem"), again)


def test_who_is_no_party_of_the_register_stays_in_a_vote_and_tallies_can_be_told(studio: Studio) -> None:
    deciding = Deciding(studio.session, studio.drafts, studio.saver)
    treatment = next(one for one in deciding.form(FILE)["treatments"] if one["role"].startswith("anbefaler"))
    path = tuple(treatment["path"])
    voted: dict[str, tuple[str, ...]] = {"for": ("A",), "against": ("C",)}
    decided = Decided("vedtage-politikken", "anbefalet", "vote", "", voted, {"for": 5, "against": 2})
    assert deciding.decide(FILE, path, decided) is not None
    studio.session.refresh()
    studio.saver.change(
        FILE, [SetValue((*path, "decision", "outcomes", 0, "parties_against"), ["C", "Ø (Navn Navnesen)"])], ""
    )
    studio.session.refresh()
    decided = Decided("vedtage-politikken", "anbefalet", "vote", "", {"for": ("A", "B"), "against": ("C",)}, {"for": 7})
    with pytest.raises(ContentError, match="mangler stemmer"):  # seats do not tell of a party that was divided
        deciding.decide(FILE, path, decided)
    decided = replace(decided, votes={"for": 7, "against": 3})
    assert deciding.decide(FILE, path, decided) is not None
    studio.session.refresh()
    (outcome,) = next(one for one in deciding.form(FILE)["treatments"] if one["path"] == treatment["path"])["outcomes"]
    assert outcome["parties_against"] == ["C", "Ø (Navn Navnesen)"]
    assert outcome["parties_for"] == ["A", "B"]
    assert outcome["votes_for"] == "7"
    assert outcome["votes_against"] == "3"
    assert deciding.decide(FILE, path, Decided("vedtage-politikken", "anbefalet", "unanimous")) is not None
    assert b"Navnesen" not in studio.data()


@pytest.mark.slow
def test_at_points_are_decided_one_after_the_other(studio: Studio) -> None:
    """Until the last one the decision is not whole, and that keeps nobody from saving what was decided."""
    for number in (2, 3):
        studio.structure.add(FILE, ("recommendation", "0", "points"), {"text": f"sag nummer {number} følges op"})
    studio.session.refresh()
    deciding = Deciding(studio.session, studio.drafts, studio.saver)
    form = deciding.form(FILE)
    path = tuple(next(one for one in form["treatments"] if one["role"].startswith("anbefaler"))["path"])
    left = []
    for point in [one["id"] for one in form["points"]]:
        saved = deciding.decide(FILE, path, Decided(point, "anbefalet", "unanimous"))
        assert saved is not None
        left.append(deciding.left(FILE, path, saved))
        studio.session.refresh()
    assert [words.partition(" for ")[0] for words in left] == ["der mangler et udfald"] * 2 + [""]
    assert studio.session.view(CASE, Edition.PUBLIC).problems == ()
    before = studio.data()
    with pytest.raises(ContentError, match="både hele indstillingen"):
        deciding.decide(FILE, path, Decided("", "anbefalet"))
    with pytest.raises(ContentError):
        deciding.decide(FILE, path, Decided(form["points"][0]["id"], "anbefalet", "vote", "", {}, {"for": 5}))
    assert studio.data() == before


# -- what is not saved -------------------------------------------------------------------------------------------------


def test_what_is_not_saved_is_offered_to_the_next_studio(tmp_path: Path) -> None:
    one = Typed(FILE, TITLE, "Før", "Nu")
    first = Unsaved(tmp_path, "a")
    first.begin()
    first.note([one])
    beside = Unsaved(tmp_path, "b")
    beside.begin()
    assert beside.texts == []  # the first still runs
    first.end()  # as the end of its process would
    second = Unsaved(tmp_path, "c")
    second.begin()
    assert second.texts == [one]
    second.note([Typed(FILE, TITLE, "Før", "Før")])
    second.end()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".json"] == []
