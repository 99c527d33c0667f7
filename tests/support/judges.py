"""The independent programs that judge what docgen writes: where they are, how they are called, what they say.

None is needed to build a document. `make judges` fetches veraPDF, Open XML SDK and SARIF Multitool; LibreOffice comes
with the system. Those of web pages are in `page_judges`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.contents import ROOT

_JARS = ROOT / "tests" / "judges" / "verapdf" / "target" / "dependency"
_MAIN_CLASS = "org.verapdf.apps.GreenfieldCliWrapper"
_TIMEOUT_SECONDS = 300

PDF_A = "PDF/A-3A"
PDF_UA = "PDF/UA-1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file under one profile: `failures` has one line a failed rule, empty = conformant."""

    file: str
    profile: str
    failures: tuple[str, ...]


def require_verapdf() -> None:
    """Skip the calling test, with the reason, where Java or veraPDF's jars are missing."""
    if shutil.which("java") is None:
        pytest.skip("veraPDF: Java mangler")
    if not any(_JARS.glob("greenfield-apps-*.jar")):
        pytest.skip("veraPDF: ikke hentet; kør `make judges`")


def verapdf(files: Sequence[Path], flavour: str = "0") -> list[Verdict]:
    """Judge PDF files in one Java process; the verdicts come file by file, then profile by profile.

    `flavour` is `3a` (ISO 19005-3, level A) or `ua1` (ISO 14289-1) or `0`: each profile that a file itself claims.
    A file that cannot be read gets a verdict with the profile `""`. Raises RuntimeError where veraPDF itself fails.
    """
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en"]
    options = ["--flavour", flavour, "--format", "json", "--maxfailuresdisplayed", "3", "--nonpdfext"]
    result = subprocess.run(
        [*java, "-cp", f"{_JARS}/*", _MAIN_CLASS, *options, *map(str, files)],
        capture_output=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    try:
        jobs = json.loads(result.stdout)["report"]["jobs"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"veraPDF ({result.returncode}): {result.stderr.decode(errors='replace')}") from error
    verdicts = [verdict for job in jobs for verdict in _verdicts(job)]
    if {verdict.file for verdict in verdicts} != {str(file) for file in files}:
        raise RuntimeError(f"veraPDF did not judge every file: {result.stderr.decode(errors='replace')}")
    return verdicts


def conformance_failures(files: Sequence[Path], profiles: Sequence[str] = (PDF_A, PDF_UA)) -> list[str]:
    """One line for every failed rule, and for every one of `profiles` that a file does not claim; empty = none."""
    verdicts = verapdf(files)
    lines = [f"{Path(v.file).name}: {v.profile}: {failure}" for v in verdicts for failure in v.failures]
    for file in files:
        claimed = {verdict.profile for verdict in verdicts if verdict.file == str(file)}
        lines += [f"{file.name}: does not claim {profile}" for profile in profiles if profile not in claimed]
    return lines


def _verdicts(job: dict[str, object]) -> list[Verdict]:
    name = _mapping(job["itemDetails"])["name"]
    results = job.get("validationResult") or []
    assert isinstance(results, list)
    if not results:
        return [Verdict(str(name), "", (json.dumps(job.get("taskException", "unreadable")),))]
    return [
        Verdict(str(name), str(result["profileName"]).removesuffix(" validation profile"), _failures(result))
        for result in results
    ]


def _failures(result: dict[str, object]) -> tuple[str, ...]:
    rules = _mapping(result["details"])["ruleSummaries"]
    assert isinstance(rules, list)
    lines = [_rule_line(rule) for rule in rules]
    if not lines and result["compliant"] is not True:
        lines = [f"not compliant, job ended {result['jobEndStatus']}"]
    return tuple(lines)


def _rule_line(rule: dict[str, object]) -> str:
    checks = rule.get("checks")
    assert isinstance(checks, list)
    first = checks[0] if checks else {}
    return (
        f"{rule['specification']} {rule['clause']}-{rule['testNumber']} ({rule['failedChecks']} times): "
        f"{rule['description']}: {first.get('errorMessage', '')} at {first.get('context', '')}"
    )


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


# -- SARIF ---------------------------------------------------------------------------------------------------------

_SARIF = ROOT / "tests" / "judges" / "node_modules" / ".bin" / "sarif-multitool"


def require_sarif() -> None:
    """Skip the calling test, with the reason, where Microsoft's validator of SARIF is missing."""
    if shutil.which("node") is None:
        pytest.skip("SARIF: Node mangler")
    if not _SARIF.exists():
        pytest.skip("SARIF: ikke hentet; kør `make judges`")


def sarif_failures(file: Path) -> list[str]:
    """What SARIF Multitool finds in a file: breaches of the schema, and of rules that it counts as errors."""
    result = subprocess.run(
        [str(_SARIF), "validate", file.name],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
        cwd=file.parent,
    )
    if "Analysis completed" not in result.stdout:
        raise RuntimeError(f"sarif-multitool ({result.returncode}): {result.stdout}{result.stderr}")
    return [line for line in result.stdout.splitlines() if ": error " in line]


# -- Open XML SDK --------------------------------------------------------------------------------------------------

_OPEN_XML = ROOT / "tests" / "judges" / "node_modules" / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"


def office_problems(files: Sequence[Path]) -> list[str]:
    """What Microsoft's Open XML SDK finds wrong in Word files, as Microsoft 365 reads them, one line each; empty =
    nothing. Skips the calling test, with the reason, where it is missing."""
    if not _OPEN_XML.is_file():
        pytest.skip("Open XML SDK: ikke hentet (findes kun til Linux på x64); kør `make judges`")
    found = []
    for file in files:
        command = [str(_OPEN_XML), str(file), "Microsoft365"]
        result = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False)
        try:
            verdict = json.loads(result.stdout)
        except ValueError as error:
            raise RuntimeError(f"ooxml-validator ({result.returncode}): {result.stderr!r}") from error
        if verdict["ok"] is not True and not verdict["errors"]:
            raise RuntimeError(f"ooxml-validator says neither what is right nor what is wrong: {verdict}")
        found += [
            f"{file.name}: {error['path']}: {error['xPath']}: {error['description']}" for error in verdict["errors"]
        ]
    return found


# -- LibreOffice --------------------------------------------------------------------------------------------------


def require_soffice() -> None:
    """Skip the calling test, with the reason, where LibreOffice is missing."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice: soffice mangler")


def soffice(file: Path, target: str, folder: Path, timeout_seconds: int = 180) -> Path:
    """Convert `file` with LibreOffice to the format `target` (`pdf`, `docx`, `txt:Text (encoded):UTF8` …) in `folder`.

    The profile lies in `folder`, so that no other LibreOffice is in the way. Returns the file written; raises
    RuntimeError where none was, subprocess.TimeoutExpired after `timeout_seconds`.
    """
    return soffice_all([file], target, folder, timeout_seconds)[0]


def soffice_all(files: Sequence[Path], target: str, folder: Path, timeout_seconds: int = 180) -> list[Path]:
    """As `soffice`, of many files in one call; returns the files written, in the same order."""
    profile = (folder / "soffice-profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", target]
    result = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], capture_output=True, timeout=timeout_seconds, check=False
    )
    written = [folder / f"{file.stem}.{target.partition(':')[0]}" for file in files]
    if result.returncode or not all(file.is_file() for file in written):
        raise RuntimeError(f"soffice ({result.returncode}): {result.stderr.decode(errors='replace')}")
    return written
