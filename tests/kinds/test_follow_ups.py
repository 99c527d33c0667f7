"""Follow-ups: rules across years, the new year's skeleton, figures by reference, charts. All figures are invented."""

from __future__ import annotations

import datetime
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from docgen import pipeline
from docgen.cli.main import main
from docgen.content.fields import WrongValueError
from docgen.content.validation import validate
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.indicator_model import Indicator
from docgen.kinds.follow_up.model import FollowUp, text_fingerprint
from docgen.kinds.follow_up.quotes import development
from docgen.kinds.follow_up.skeleton import new_follow_up
from docgen.kinds.policy.model import Policy
from docgen.ledger.reasons import reasons_against
from docgen.pipeline import Job
from docgen.problems import ContentError
from docgen.project import Project, project_of_source
from docgen.proofing import proofread
from docgen.proofing.proofread import Chosen
from docgen.tree import document as tree
from docgen.tree import text as tree_text
from docgen.writers import formats
from tests.conftest import Golden
from tests.content.test_errors import Change, drop, swap
from tests.kinds.test_cases_closed import everything
from tests.support.contents import ROOT, repository, small_content, write_content, written

LAST, THIS = "follow_ups/2023.yaml", "follow_ups/2024.yaml"
ORGANISATION = (
    "bodies:\n  - {id: raadet, kind: council, name: Byrådet}\n"
    "  - {id: skole, kind: administration, name: Skoleforvaltningen}\n"
    "  - {id: teknik, kind: administration, name: Teknikforvaltningen}\n"
)


def example() -> dict[str, bytes]:
    """A content folder with follow-ups for two years, with every feature and invented figures."""
    files = small_content()
    area = Project(files, {}).content.all(Policy)["eksempel"].values[0].focus_areas[0]
    mark = text_fingerprint(area)
    files["organisation.yaml"] = ORGANISATION.encode()
    for year, present in ((2023, "40.5"), (2024, "52")):
        last = "" if year == 2023 else "      - {year: 2023, value: 40.5, source: Eksempel}\n"
        files[f"follow_ups/{year}.yaml"] = f"""\
title: Eksempel på opfølgning for {year}
year: {year}
policy: eksempel
version: "1.0"
status: udkast
date: {year}-12-31
verdict: Andelen er {{tal:andel}}.
summary: Andelen er {{tal:andel}}, efter {{tal:andel:2021}} i 2021.
mandate: Eksempel.
method: Eksempel.
areas:
  - area: indsats
    reports_on: "{mark}"
    status: på vej
    progress: frem
    done: Der er holdt {year} møder.
    responsible: skole
indicators:
  - id: andel
    title: Andelen
    value: vaerdi
    definition: Hvad der tælles.
    base: Hele kommunen.
    unit: pct.
    baseline_year: 2021
    target: {{value: 60, year: 2026}}
    chart: line
    series:
      - {{year: 2021, value: 30, source: Eksempel}}
{last}      - {{year: {year}, value: {present}, source: Eksempel}}
  - id: antal
    title: Antallet
    value: vaerdi
    definition: Hvad der tælles.
    base: Hele kommunen.
    unit: antal
    chart: bars
    series:
      - year: {year}
        value: 10
        source: Eksempel
        parts: [{{label: Den ene, value: 4}}, {{label: Den anden, value: 6}}]
        by_administration: [{{body: skole, value: 3}}, {{body: teknik, value: 7}}]
""".encode()
    return files


def project(files: dict[str, bytes]) -> Project:
    """A content folder with the repository's templates."""
    return Project(files, repository().template_files, repository().font_directories)


FAULTS: dict[str, Change] = {
    "årets tal er et andet end filens": swap(THIS, "year: 2024\n", "year: 2023\n"),
    "titlen har sidste års tal": swap(THIS, "opfølgning for 2024", "opfølgning for 2023"),
    "ukendt politik": swap(THIS, "policy: eksempel", "policy: eksemplet"),
    "ukendt indsatsområde": swap(THIS, "area: indsats", "area: indsatz"),
    "politikkens tekst er ændret": swap(
        "policies/eksempel/values/1-vaerdi.yaml", "Indsatsens tekst.", "Indsatsens nye tekst."
    ),
    "status kendes ikke": swap(THIS, "status: på vej", "status: på veje"),
    "ukendt forvaltning": swap(THIS, "responsible: skole", "responsible: skolen"),
    "delene giver ikke summen": swap(THIS, "value: 4}", "value: 5}"),
    "tal uden kilde": swap(THIS, "value: 52, source: Eksempel", "value: 52"),
    "intet tal for året": swap(THIS, "      - {year: 2024, value: 52, source: Eksempel}\n", ""),
    "basisåret mangler": swap(THIS, "baseline_year: 2021", "baseline_year: 2020"),
    "penge uden pris- og lønniveau": swap(THIS, "unit: antal", "unit: mio. kr."),
    "definitionen er ændret uden note": swap(THIS, "definition: Hvad der tælles.", "definition: Noget andet."),
    "et tal fra sidste år er ændret uden note": swap(THIS, "value: 40.5", "value: 41"),
    "teksten er fra sidste år": lambda files: (
        swap(LAST, "Der er holdt 2023 møder.", "Der er holdt 5 møder i 2023.")(files),
        swap(THIS, "Der er holdt 2024 møder.", "Der er holdt 5 møder i 2023.")(files),
    )[0],
    "filens navn er ikke et år": lambda files: files.update({"follow_ups/sidste.yaml": files[THIS]}),
    "teksten siger et andet tal end tabellen": swap(
        THIS, "Andelen er {tal:andel}, efter", "Andelen var 41 pct. og er 53 pct., hvor målet er 60 pct., efter"
    ),
    "ukendt politik uden lignende": swap(THIS, "policy: eksempel", "policy: xyzzy"),
    "ukendt værdi": swap(THIS, "value: vaerdi", "value: vaerdien"),
    "ukendt sag uden lignende": swap(THIS, "responsible: skole", "responsible: skole\n    cases: [xyzzy]"),
    "året er uden for politikkens periode": swap("policies/eksempel/policy.yaml", "to: 2026}", "to: 2023}"),
    "to statusser": swap(
        THIS,
        "indicators:\n",
        "  - {area: indsats, reports_on: f8816c55e9, status: nået, progress: frem}\nindicators:\n",
    ),
    "to tal med samme id": swap(THIS, "id: antal", "id: andel"),
    "søjler uden forvaltninger": swap(THIS, "chart: line", "chart: bars"),
    "årene i uorden": swap(THIS, "{year: 2023, value: 40.5", "{year: 2020, value: 40.5"),
    "et tal efter rapportens år": swap(THIS, "      - {year: 2024, value: 52", "      - {year: 2025, value: 52"),
    "grundlaget er ændret uden note": swap(THIS, "base: Hele kommunen.", "base: Det halve af kommunen."),
    "ukendt tal i teksten": swap(THIS, "{tal:andel:2021}", "{tal:andel:2022}"),
}


@pytest.mark.slow
def test_faults_are_told(golden: Golden) -> None:
    shown = []
    for name, change in FAULTS.items():
        files = example()
        change(files)
        found = project(files)
        problems = found.problems()
        if not problems:
            with pytest.raises(ContentError) as caught:
                pipeline.build_tree(found, "follow-up/2024")
            problems = caught.value.problems
        shown.append(f"## {name}\n" + "\n".join(map(str, problems)) + "\n")
    golden("errors/follow_ups.txt", "\n".join(shown))


@pytest.mark.slow
def test_the_example_is_without_faults_and_its_tree_is_as_expected(golden: Golden) -> None:
    found = project(example())
    assert found.problems() == ()
    made = pipeline.build_tree(found, "follow-up/2024")
    # The fingerprint follows every change of a template, as in the golden files of the policy.
    golden("follow-up/tree.txt", tree_text.dump(made).replace(made.fingerprint, "········"))


def test_a_note_allows_a_changed_definition() -> None:
    files = example()
    swap(THIS, "definition: Hvad der tælles.", "definition: Noget andet.\n    changed: Kilden er en anden.")(files)
    assert project(files).problems() == ()


def test_figures_are_quoted_and_not_followed_by_two_full_stops() -> None:
    words = list(tree.texts(pipeline.build_tree(project(example()), "follow-up/2024")))
    assert "Andelen er 52 pct." in [text.replace("\N{NO-BREAK SPACE}", " ") for text in words]


@pytest.mark.slow
def test_a_new_year_has_every_area_and_says_what_is_missing() -> None:
    files = example()
    drop(THIS)(files)
    text = new_follow_up(project(files).content, 2024, datetime.date(2025, 1, 6))
    assert "# Sidste år, status: på vej" in text
    assert "{year: 2024, value: null}" in text
    files[THIS] = text.encode()
    made = project(files)
    assert made.problems() == ()
    shown = list(tree.texts(pipeline.build_tree(made, "follow-up/2024")))
    assert any("… [ikke udfyldt]" in words for words in shown), "its status, in the table"
    found = proofread.read_content(made.content, Chosen(select=("DG108",)), own=(THIS,))
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "UDFYLD" in line and line[0] != "#"]
    assert [finding.line for finding in found] == lines


@pytest.mark.slow
def test_a_year_that_is_half_filled_is_built_and_not_issued() -> None:
    files = example()
    swap(THIS, "status: på vej", "status: [ikke udfyldt]")(files)
    swap(THIS, "title: ", "title: UDFYLD ")(files)
    made = project(files)
    assert made.problems() == ()
    job = Job(made, "follow-up/2024")
    assert job.tree.title == "[ikke udfyldt]"
    told = [problem.origin.line for problem in reasons_against(job, "x") if problem.message == "her er ikke udfyldt"]
    lines = files[THIS].decode().split("\n")
    assert [lines[line - 1].split(":")[0].strip(" -") for line in told] == ["title", "status"]


def test_of_two_policies_none_is_guessed() -> None:
    files = example()
    drop(THIS)(files)
    files |= {path.replace("eksempel/", "anden/"): data for path, data in files.items() if path.startswith("policies/")}
    content = project(files).content
    day = datetime.date(2025, 1, 6)
    with pytest.raises(WrongValueError) as caught:
        new_follow_up(content, 2024, day)
    assert (caught.value.message, caught.value.hint) == (
        "2 politikker gælder i 2024",
        "skriv --policy anden eller --policy eksempel",
    )
    assert "\npolicy: anden\n" in new_follow_up(content, 2024, day, "anden")


def test_the_command_makes_the_year_once(tmp_path: Path) -> None:
    files = example()
    drop(THIS)(files)
    folder = write_content(tmp_path / "content", files)
    arguments = ["new", "follow-up", "2024", "--content", str(folder), "--templates", str(ROOT / "templates")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert (folder / "follow_ups/2024.yaml").is_file()
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert CliRunner().invoke(main, [*arguments[:2], "2031", *arguments[3:]]).exit_code == 1


def test_a_case_quotes_the_report() -> None:
    text = written("case/opfoelgning-paa-indkoebspolitikken-2024", formats.HTML).decode()
    report = repository().content.all(FollowUp)["2024"]
    assert str(report.verdict) in text
    assert "53\N{NO-BREAK SPACE}pct. i 2023" in text


def test_a_case_goes_by_the_date_of_the_follow_up_that_it_presents() -> None:
    path, id = "cases/opfoelgning-paa-indkoebspolitikken-2024.yaml", "case/opfoelgning-paa-indkoebspolitikken-2024"
    given = repository()
    undated = given.content_files[path].replace(b"\ndate: 2024-12-31\n", b"\n")
    assert undated != given.content_files[path]
    files = {name: undated if name == path else data for name, data in given.content_files.items()}
    own = Project(files, given.template_files, given.font_directories)
    written = pipeline.build_tree(own, id)
    assert written.date == given.content.all(FollowUp)["2024"].date
    again, *_ = project_of_source(pipeline.source_of(own, id), given.font_directories)
    rebuilt = pipeline.build_tree(again, id)
    assert rebuilt.date == written.date
    for format in (formats.DOCX, formats.HTML):  # its places are lines of the normalised source; no format shows them
        assert pipeline.write(again, rebuilt, format) == pipeline.write(own, written, format)


@pytest.mark.slow
def test_charts_are_the_same_every_time_and_told_in_words() -> None:
    first, second = (pipeline.build_tree(project(example()), "follow-up/2024") for _ in range(2))
    figures = [node for node in tree.walk(first) if isinstance(node, tree.Figure)]
    assert figures == [node for node in tree.walk(second) if isinstance(node, tree.Figure)]
    assert [figure.media_type for figure in figures] == ["image/svg+xml"] * 2
    line, bars = (figure.alt.replace("\N{NO-BREAK SPACE}", " ") for figure in figures)
    assert "steg fra 30,0 pct. i 2021 til 52,0 pct. i 2024" in line
    assert "Skoleforvaltningen 3 og Teknikforvaltningen 7" in bars


@pytest.mark.slow
def test_only_a_chart_loads_the_plotting_library() -> None:
    command = (
        "import sys; from pathlib import Path\n"
        "from docgen import pipeline\nfrom docgen.build.folders import read_project\n"
        "project = read_project(Path('content'), Path('templates'))\n"
        "pipeline.build_tree(project, 'policy/indkoebspolitik-2023-2026'); print('matplotlib' in sys.modules)\n"
        "pipeline.build_tree(project, 'follow-up/2023'); print('matplotlib' in sys.modules)"
    )
    shown = subprocess.run((sys.executable, "-c", command), capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert shown.split() == ["False", "True"]


@given(st.lists(st.one_of(st.none(), st.decimals(0, 1000, places=1)), min_size=1, max_size=8))
def test_the_words_follow_the_figures(values: list[Decimal | None]) -> None:
    series = [{"year": 2020 + number, "value": value} for number, value in enumerate(values)]
    texts = dict.fromkeys(("id", "title", "value", "definition", "base"), "x")
    indicator, _ = validate(Indicator, {**texts, "unit": "pct.", "series": series})
    assert indicator is not None
    words = development(indicator)
    known = [value for value in values if value is not None]
    if len(known) < 2:
        assert words.startswith("var" if known else "er ikke opgjort")
    else:
        up, down = known[-1] > known[0], known[-1] < known[0]
        assert words.startswith("steg fra" if up else "faldt fra" if down else "var")


@pytest.mark.slow
def test_a_closed_case_is_named_as_the_public_may_read_it() -> None:
    """The follow-up names the cases on a focus area; a closed one's own title is in no byte of the public edition."""
    real = repository().content_files
    path = "cases/afdaekning-af-innovation-og-partnerskaber.yaml"
    text = (
        real[path]
        .decode()
        .replace("kind:", "closed: {reason: en prøve}\npublic_title: Et lukket emne\ndate: 2024-12-31\nkind:", 1)
    )
    secret = "Afdækning af arbejde med innovation"
    assert secret in text
    project = Project({**real, path: text.encode()}, repository().template_files, repository().font_directories)
    shown = everything(project, "follow-up/2024", Edition.PUBLIC)
    assert b"Et lukket emne" in shown
    assert secret.encode() not in shown
    assert secret.encode() in everything(project, "follow-up/2024", Edition.INTERNAL)
