"""Every finding that has a right form can be accepted in the page, and then the file says what `docgen check --fix`
would have written of it alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.commands.check import CheckOptions, check
from docgen.content.yaml_editor import SetValue, edit
from docgen.problems import DocgenError
from docgen.proofing import proofread
from docgen.proofing.registry import RULES
from docgen.studio.mending import Found
from tests.support.effort import tries
from tests.support.studio import CASE, copy_of_repository
from tests.support.writing_studio import FILE, Studio

SOLUTION = ("sections", "@solution", "text")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    found = Studio(copy_of_repository(tmp_path / "side"))
    yield found
    found.session.close()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_finding_with_a_right_form_is_accepted_and_gone(studio: Studio, part: int) -> None:
    """Each rule's own wrong sentences, in a case: what is accepted is what `docgen check --fix` would write of that
    finding alone, and nothing else in the file is another."""
    examples = [(rule.code, wrong) for rule in RULES[part::4] for wrong in rule.wrong]
    chance = random.Random(part)
    accepted = 0
    for code, wrong in chance.sample(examples, min(len(examples), tries(40, 5))):
        try:
            studio.saver.save(studio.typed(SOLUTION, wrong))
        except DocgenError:
            continue  # no text of a case
        studio.session.refresh()
        before = [one for one in studio.session.findings(CASE) if one.rule.code == code]
        one = next((one for one in before if one.hit.right is not None or one.hit.alternatives), None)
        if one is None:
            continue
        found = Found(CASE, one.file, one.line, one.column, code)
        data = studio.data()
        if one.is_safe and one.span is not None:
            wanted, _ = proofread.fix(data, [one], one.file)
            assert studio.mender.fix(found) is not None, (code, wrong)
        else:
            scalar, hit = one.hit.passage.scalar, one.hit
            assert scalar is not None
            words = hit.right if hit.right is not None else hit.alternatives[0]
            meant = str(scalar)[: hit.start] + words + str(scalar)[hit.end :]
            wanted = edit(one.file, data, [SetValue(scalar.origin.path, meant)])
            assert studio.mender.choose(found, words) is not None, (code, wrong)
        assert studio.data() == wanted, (code, wrong)
        studio.session.refresh()
        after = [one for one in studio.session.findings(CASE) if one.rule.code == code]
        assert len(after) < len(before), (code, wrong)
        accepted += 1
    assert accepted


@pytest.mark.slow
def test_all_that_is_safe_is_what_the_command_writes(studio: Studio, tmp_path: Path) -> None:
    wrong = "I 2021  købte kommunen for 12 % mere, jf . bilag."
    studio.saver.save(studio.typed(SOLUTION, wrong))
    studio.session.refresh()
    other = tmp_path / "kommando"
    (other / "content").parent.mkdir()
    copy_of_repository(other)
    (other / FILE).write_bytes(studio.data())
    assert studio.mender.fix_all(CASE)
    document = "/".join(CASE.split("/")[:2])
    check(CheckOptions((document,), other / "content", other / "templates", fix=True))
    assert studio.data() == (other / FILE).read_bytes()
    assert wrong.encode() not in studio.data()
