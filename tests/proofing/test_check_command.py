"""`docgen check` reads proof, fixes and explains, and a build tells what is found."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import main
from docgen.proofing import proofread as proof
from docgen.proofing.registry import RULES
from tests.proofing.test_files_from_elsewhere import word_file
from tests.support import house
from tests.support.contents import ROOT, small_content, write_content
from tests.support.judges import require_sarif, sarif_failures

# -- the command ------------------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def folders(tmp_path: Path) -> list[str]:
    write_content(tmp_path / "content", small_content(introduction="Den 1. December er 55% nok."))
    return ["--content", str(tmp_path / "content"), "--templates", str(ROOT / "templates")]


def test_a_file_that_was_changed_since_it_was_read_is_not_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "content/policies/eksempel/policy.yaml"
    arguments = folders(tmp_path)
    changed = path.read_bytes() + b"# andet\n"

    def fix_late(*given: object) -> tuple[bytes, tuple[proof.Fix, ...]]:
        path.write_bytes(changed)
        return fix(*given)  # type: ignore[arg-type]

    fix = proof.fix
    monkeypatch.setattr(proof, "fix", fix_late)
    result = run("check", "--fix", *arguments)
    assert result.exit_code == 1
    assert "policy.yaml: filen er ændret, siden den blev læst" in result.stderr
    assert path.read_bytes() == changed


def test_check_shows_and_mends(tmp_path: Path) -> None:
    result = run("check", *folders(tmp_path))
    assert result.exit_code == 0, "warnings alone are not an error"
    assert "policy.yaml:11:9 DG301 ”1. December”: måneder skrives med lille; skriv ”1. december”" in result.stderr
    assert result.stderr.endswith("Korrektur: 2 advarsler; 2 kan rettes med --fix.\n")
    path = (tmp_path / "content/policies/eksempel/policy.yaml").as_posix()
    lines = f"{path}:11: 1. December → 1. december\n{path}:11: 55% → 55 pct.\n"
    before = Path(path).read_bytes()
    result = run("check", "--fix", "--dry-run", *folders(tmp_path))
    assert result.stderr.startswith(f"{path}:11:9 DG301")
    assert f"{lines}Ville blive rettet (--dry-run): 2.\n" in result.stderr
    assert Path(path).read_bytes() == before
    result = run("check", "--fix", *folders(tmp_path))
    assert (result.exit_code, result.stderr) == (0, f"{lines}Rettet: 2.\nIngen fejl.\n")
    assert "Den 1. december er 55 pct. nok." in (tmp_path / "content/policies/eksempel/policy.yaml").read_text("utf-8")


@pytest.mark.slow
def test_what_is_issued_is_not_mended(tmp_path: Path) -> None:
    """It says what was decided, slips and all; what is not issued is mended beside it."""
    files = house.changed(
        house.content(),
        (house.POLICY, "Indledningens tekst.", "Den 1. December er nær."),
        (house.GUIDE, "text: Teksten.", "text: Den 1. December er nær."),
    )
    folder = house.project(tmp_path, files)
    issued = house.docgen(folder, "issue", "guide/vejledning", "--meeting", house.HELD)
    assert issued.exit_code == 0, issued.stderr
    result = house.docgen(folder, "check", "--fix")
    assert "guide/vejledning 1.0 er udstedt og bliver ikke rettet; hæv versionen først." in result.stderr
    assert b"1. December" in (folder / "content" / house.GUIDE).read_bytes()
    assert b"1. december" in (folder / "content" / house.POLICY).read_bytes()


def test_check_in_other_forms(tmp_path: Path) -> None:
    options = folders(tmp_path)
    found = json.loads(run("check", "--output-format", "json", *options).stdout)
    assert [(item["code"], item["severity"], item["right"]) for item in found] == [
        ("DG301", "advarsel", "1. december"),
        ("DG313", "advarsel", "55 pct."),
    ]
    lines = run("check", "--output-format", "github", *options).stdout.splitlines()
    assert re.fullmatch(r"::warning file=.*policy\.yaml,line=11,col=9,title=DG301::.*", lines[0])
    sarif = json.loads(run("check", "--output-format", "sarif", *options).stdout)
    assert (sarif["version"], len(sarif["runs"])) == ("2.1.0", 1)
    driver = sarif["runs"][0]["tool"]["driver"]
    assert driver["name"] == "docgen"
    for item in sarif["runs"][0]["results"]:
        assert driver["rules"][item["ruleIndex"]]["id"] == item["ruleId"]
        assert item["level"] in ("error", "warning", "note")
        region = item["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] > 0
        assert item["message"]["text"]


@pytest.mark.judge
def test_sarif_says_what_may_stand_in_a_text_file_instead(tmp_path: Path) -> None:
    path = tmp_path / "sag.txt"
    path.write_text("Se her.\n\nDet er afhengig af en konsulet.\n", "utf-8")
    results = json.loads(run("check", "--output-format", "sarif", str(path)).stdout)["runs"][0]["results"]
    words = ["afhængig", "konsulent"]
    for result, right in zip(results, words, strict=True):
        changes = [fix["artifactChanges"][0]["replacements"][0] for fix in result["fixes"]]
        assert right in [change["insertedContent"]["text"] for change in changes]
        region = changes[0]["deletedRegion"]
        line = path.read_text("utf-8").split("\n")[region["startLine"] - 1]
        wrong = line[region["startColumn"] - 1 : region["endColumn"] - 1]
        assert wrong in ("afhengig", "konsulet")


@pytest.mark.slow
def test_sarif_is_judged(tmp_path: Path) -> None:
    require_sarif()
    wrong = tmp_path / "forkert med æ.txt"
    wrong.write_text("\n".join(text for rule in RULES for text in rule.wrong), "utf-8")
    (tmp_path / "filer.sarif").write_text(run("check", "--output-format", "sarif", str(wrong)).stdout, "utf-8")
    (tmp_path / "mappe.sarif").write_text(run("check", "--output-format", "sarif", *folders(tmp_path)).stdout, "utf-8")
    for name in ("filer.sarif", "mappe.sarif"):
        assert sarif_failures(tmp_path / name) == []
        assert len(json.loads((tmp_path / name).read_text("utf-8"))["runs"][0]["results"]) > 1
    broken = re.sub(r'"startLine": \d+', '"startLine": 0', (tmp_path / "mappe.sarif").read_text("utf-8"))
    (tmp_path / "brudt.sarif").write_text(broken, "utf-8")
    assert sarif_failures(tmp_path / "brudt.sarif")


def test_build_tells_what_it_finds(tmp_path: Path) -> None:
    result = run("build", "--format", "tree", "--output", str(tmp_path / "ud"), *folders(tmp_path))
    assert result.exit_code == 0
    assert "policy.yaml:11:9 DG301 ”1. December”" in result.stderr
    assert result.stderr.startswith("Bemærk: ")


def test_rules_can_be_chosen_and_explained(tmp_path: Path) -> None:
    options = folders(tmp_path)
    assert "DG313" not in run("check", "--select", "DG301", *options).stderr
    assert "DG301" not in run("check", "--ignore", "DG30", *options).stderr
    shown = run("rule", "dg301").stdout
    assert "DG301 Måneder med lille (advarsel, kan rettes med --fix)" in shown
    assert "Kilde: Retskrivningsordbogen § 12" in shown
    assert run("rule", "DG999").exit_code == 2
    assert len(run("rule").stdout.splitlines()) == len(RULES)


def test_a_file_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "sag.docx").write_bytes(word_file())
    (tmp_path / "note.txt").write_text("Den 1. December\nikke mere", "utf-8")
    result = run("check", str(tmp_path / "sag.docx"), str(tmp_path / "note.txt"), *folders(tmp_path))
    assert result.exit_code == 1, "a CPR number is an error"
    assert "note.txt:1:5 DG301" in result.stderr
    result = run("check", str(tmp_path / "findes-ikke.pdf"), *folders(tmp_path))
    assert (result.exit_code, "den findes ikke" in result.stderr) == (1, True)
