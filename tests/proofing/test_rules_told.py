"""Rules as they are told: why each is there, by sources that anybody can look up; and codes that there are."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from docgen.cli.main import main
from docgen.proofing import registry, report
from docgen.proofing.why import why


def test_each_rule_says_why_and_names_what_anybody_can_look_up() -> None:
    for rule in registry.RULES:
        told = report.explain(rule)
        assert f"Hvorfor: {why(rule.code)}\n" in told
        assert len(why(rule.code)) > 20
        assert "DOMAIN" not in told


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("code", ["DG999", "spelling", "", "DG30x"])
def test_a_code_that_no_rule_has_is_refused(option: str, code: str) -> None:
    result = CliRunner().invoke(main, ["check", option, code])
    assert result.exit_code == 2
    assert f"'{code}' i {option} er ingen regel; " in result.stderr


@pytest.mark.parametrize("code", ["DG3", "dg301", "DG30", "DG"])
def test_a_family_is_a_code(code: str) -> None:
    assert registry.unknown_codes([code]) == {}
