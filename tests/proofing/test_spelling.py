"""Spelling: sentence starts, foreign words, one finding for one slip, alternatives as data, twice the same."""

from __future__ import annotations

import json

import pytest

from docgen.content.settings import HouseStyle
from docgen.content.yaml_reader import read_yaml
from docgen.proofing import proofread as proof
from docgen.proofing import report
from docgen.proofing.proofread import Chosen
from docgen.proofing.readers import content_passages
from docgen.proofing.registry import RULES
from docgen.proofing.rule import Finding, Passage, Reading
from tests.support.contents import repository

_STYLE = HouseStyle(percent="pct.", time="dot", range="hyphen")


def found(text: str, *codes: str) -> list[Finding]:
    everyone = repository().content
    read = Reading((Passage(text, "content/x.yaml", key="text"),), _STYLE, everyone.organisation, everyone.glossary)
    rules = [rule for rule in RULES if not codes or rule.code in codes]
    return proof.find(read, rules)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Indstilingen er sendt.", "Indstillingen"),
        ("Det er sagt. Resturanterne har svaret.", "Restauranterne"),
        ("Der indrykkes en halvlsidesannonce i avisen.", "halvsidesannonce"),
        ("Der er kommet ti hørringssvar om ansøgnigen.", "ansøgningen"),
    ],
)
def test_a_slip_is_found_with_the_right_word(text: str, right: str) -> None:
    told = [word for finding in found(text, "DG361") for word in (finding.hit.right, *finding.hit.alternatives)]
    assert right in told


@pytest.mark.parametrize(
    "text",
    [
        "Markdown er en måde at skrive på.",
        "Novozym Danmark har svaret.",
        "Der er nedsat en task force om it.",
        "Prisen er 9 kr. pr. stk. Det er billigt.",
        "Kategor iorganisationen har m ed arbejd ere.",
    ],
)
def test_names_foreign_words_and_words_cut_in_two_are_left_alone(text: str) -> None:
    assert found(text, "DG361") == []


def test_a_word_that_nothing_is_near_to_is_a_hint() -> None:
    (finding,) = found("Det er en qwertopsu i avisen.", "DG361", "DG362")
    assert finding.rule.code == "DG362"
    assert not Chosen().rules().__contains__(finding.rule)


def test_one_slip_is_one_finding() -> None:
    findings = found("Vi indgår offentlige-private partnerskaber.")
    assert [finding.rule.code for finding in findings if finding.rule.code.startswith(("DG3", "DG5"))] == ["DG334"]


def test_a_text_read_twice_gives_the_same_twice() -> None:
    text = "TØK er god.\nI totaløkonomi (TØK) regnes drift med."
    first, second = ([finding.rule.code for finding in found(text, "DG505")] for _ in range(2))
    assert first == second == ["DG505"]


def test_alternatives_are_data() -> None:
    source = "text: Der er indgåt en aftale om intressen.\n".encode()
    passages = content_passages("content/x.yaml", read_yaml("content/x.yaml", source))
    findings = proof.find(Reading(passages, _STYLE), [rule for rule in RULES if rule.code == "DG361"])
    told = {each["right"]: each["alternatives"] for each in json.loads(report.as_json(findings))}
    assert set(told) == {None, "interessen"}
    assert "indgået" in told[None]
    assert told["interessen"] == []
    run = json.loads(report.as_sarif(findings, [finding.rule for finding in findings], "1"))["runs"][0]
    fixes = [[fix["artifactChanges"][0]["replacements"][0] for fix in result["fixes"]] for result in run["results"]]
    line = source.decode().splitlines()[0]
    for result in fixes:
        for replacement in result:
            region, text = replacement["deletedRegion"], replacement["insertedContent"]["text"]
            mended = line[: region["startColumn"] - 1] + text + line[region["endColumn"] - 1 :]
            assert mended != line
    assert any(replacement["insertedContent"]["text"] == "indgået" for replacement in fixes[0])
    fixed, _ = proof.fix(source, findings, "content/x.yaml")
    assert fixed == source, "where there is a choice nothing is mended, and a misspelt word is looked at by a person"


def test_what_names_a_body_in_short_is_no_text() -> None:
    passages = content_passages("content/organisation.yaml", read_yaml("x.yaml", b"name: Et navn\nshort: XYZ abc\n"))
    assert [passage.key for passage in passages] == ["name"]
