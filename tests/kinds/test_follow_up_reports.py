"""Reports of all sorts: quarters, units as a matrix, actions, risks, economy, boxes. All figures are made up."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen import pipeline
from docgen.cli.main import main
from docgen.content.fields import WrongValueError
from docgen.kinds.follow_up.skeleton import new_follow_up
from docgen.tree import document as tree
from docgen.writers import formats
from tests.content.test_errors import Change, drop, swap
from tests.kinds.test_follow_ups import THIS, example, project
from tests.support.contents import ROOT, write_content

QUARTER = "follow_ups/2026-q1.yaml"
ACTIONS = """\
actions:
  - {id: kursus, area: indsats, text: Holde kurser, responsible: skole, due: 2026-02-01, status: i gang, note: Udskudt}
  - {id: aftale, text: Indgå en aftale, responsible: teknik, due: 2026-06-30, status: ikke startet}
  - {id: plan, area: indsats, text: Lave en plan, responsible: skole, status: gennemført}
"""
REST = """\
recommendations:
  - {text: Der bør holdes flere kurser., to: raadet}
  - {text: Aftalen bør følges.}
risks:
  - {text: Der kommer for få, likelihood: middel, consequence: høj, response: Kurserne bliver også holdt på nettet}
economy:
  unit: 1.000 kr.
  price_level: 2026 p/l
  rows: [{label: Kurser, budget: 4067.0, spent: 4960.6}, {label: Aftaler, budget: 100, spent: 50}]
boxes:
  - {title: Et godt eksempel, text: En skole gik foran., chapter: vaerdi}
  - {title: Et andet, text: En anden fulgte efter.}
"""
INDICATORS = """\
  - id: energi
    title: Elforbrug
    value: vaerdi
    area: indsats
    subject: Elforbruget
    definition: Forbruget pr. m².
    base: Alle bygninger.
    unit: kWh/m²
    baseline_year: 2018
    target: {value: 80, to: 84, year: 2030, direction: at-most}
    milestones: [{value: 90, year: 2027, direction: at-most}]
    chart: line
    units: {head: Hospital, whole: mean}
    comparisons:
      - {label: En nabokommune, source: Nabokommunens egen rapport, series: [{year: 2018, value: 110}]}
    series:
      - {year: 2018, value: 120, source: Eksempel, by_unit: [{unit: Nord, value: 130}, {unit: Syd, value: 110}]}
      - {year: 2025, value: 101, source: Eksempel, by_unit: [{unit: Nord, value: 102}, {unit: Syd, value: 100}]}
      - {year: 2026-Q1, value: 99, source: Eksempel, by_unit: [{unit: Nord, value: 98}, {unit: Syd, value: 100}]}
      - {year: 2026-Q2, value: 95, to: 97, forecast: true, source: Eksempel}
  - id: tredjedele
    title: Tredjedele
    value: vaerdi
    definition: Hvad der tælles.
    base: Hele kommunen.
    unit: pct.
    measure: share
    series:
      - year: 2026-Q1
        value: 100
        source: Eksempel
        rounded: true
        parts: [{label: A, value: 33.3}, {label: B, value: 33.3}, {label: C, value: 33.3}]
"""


def quarter() -> dict[str, bytes]:
    """A content folder with a report on a quarter that has all that a report can have."""
    files = example()
    drop(THIS)(files)
    drop("follow_ups/2023.yaml")(files)
    files["settings.yaml"] += b"follow_ups: {form: matrix}\n"
    last = example()[THIS].decode()
    head, _ = last.split("indicators:\n")
    head = head.replace("2024-12-31", "2026-03-31").replace("year: 2024", "year: 2026-Q1")
    head = head.replace("opfølgning for 2024", "opfølgning for 2026").replace("2024 møder", "fem møder")
    head = head.replace("Andelen er {tal:andel}.", "Elforbruget er {tal:energi}.")
    head = head.replace(", efter {tal:andel:2021} i 2021.", ", efter {tal:energi:2018} i 2018.")
    head = head.replace("{tal:andel}", "{tal:energi:2026-q1}")
    files[QUARTER] = f"{head}indicators:\n{INDICATORS}{ACTIONS}{REST}".encode()
    return files


def words_of(files: dict[str, bytes], id: str) -> str:
    """Everything that a document says, one text a line, with common spaces."""
    made = pipeline.build_tree(project(files), id)
    return "\n".join(tree.texts(made)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.slow
def test_a_quarters_report_says_all_of_it() -> None:
    files = quarter()
    assert project(files).problems() == ()
    words = words_of(files, "follow-up/2026-q1")
    for said in (
        "Opfølgning 1. kvartal 2026",
        "1 indsatsområde: 1 på vej.",
        "Elforbruget faldt fra 120 kWh/m² i 2018 til 99 kWh/m² i 1. kvartal 2026.",
        "Målet er 80-84 kWh/m² i 2030; det er ikke nået endnu. Delmålet er højst 90 kWh/m² i 2027.",
        (
            "Udviklingen er bag planen: med lige store skridt fra 2018 til delmålet i 2027 skulle tallet have været "
            "96 kWh/m² i 1. kvartal 2026."
        ),
        "I 2. kvartal 2026 ventes 95-97 kWh/m².",
        "Elforbrug efter hospital (kWh/m²)",
        "2. kvartal 2026 (ventet)",
        "Gennemsnit",
        "Kilde: En nabokommune: Nabokommunens egen rapport",
        "Note: Delene er afrundet, så summen kan afvige på det sidste ciffer.",
        "3 handlinger: 1 ikke startet, 1 i gang og 1 gennemført. Fristen er overskredet for 1 handling.",
        "! 1.2.2026, overskredet",
        "Note: Holde kurser: Udskudt",
        "Til Byrådet: Der bør holdes flere kurser.",
        "Kurserne bliver også holdt på nettet",
        "\N{MINUS SIGN}893,6",
        "I alt\n4.167,0\n5.010,6\n\N{MINUS SIGN}843,6",
        "Et godt eksempel\nEn skole gik foran.",
    ):
        assert said in words, said
    assert "KWh" not in words


@pytest.mark.slow
def test_every_format_has_every_word_of_it() -> None:
    """Each writer proves it of its own file, and refuses one that lacks a word."""
    found = project(quarter())
    made = pipeline.build_tree(found, "follow-up/2026-q1")
    for format in (formats.PDF, formats.DOCX, formats.HTML):
        assert len(pipeline.write(found, made, format)) > 1000


FAULTS: dict[str, tuple[Change, str]] = {
    "parts that are no sum": (swap(THIS, "value: 10\n", "value: 90\n"), "giver 10, men i alt er 90"),
    "units that are no sum": (
        swap(THIS, "{body: skole, value: 3}", "{body: skole, value: 4}"),
        "giver 11, men i alt er 10",
    ),
    "a rate outside its units": (
        swap(
            QUARTER,
            "{unit: Nord, value: 98}, {unit: Syd, value: 100}",
            "{unit: Nord, value: 66}, {unit: Syd, value: 49}",
        ),
        "gennemsnittet i 'energi' i 2026-Q1 er 58, ikke 99",
    ),
    "parts that are rounded too much": (
        swap(QUARTER, "value: 33.3}]", "value: 30.3}]"),
        "giver 96,9, men i alt er 100",
    ),
    "a status against its figure": (
        swap(QUARTER, "status: på vej", "status: nået"),
        "status er 'nået', men målet er ikke nået i 'energi'",
    ),
    "a forecast of what has been": (swap(QUARTER, "2026-Q2", "2026-Q1"), "ikke efter rapportens periode"),
    "a period that is none": (swap(QUARTER, "2026-Q2", "2026-Q5"), "er ikke et år eller en periode"),
    "a range that is no forecast": (swap(QUARTER, "forecast: true, ", ""), "kun et tal, der ventes, kan være et spænd"),
    "an index without a baseline": (
        swap(QUARTER, "measure: share", "measure: index"),
        "'tredjedele' er et indeks uden basisår",
    ),
    "a change that begins at something": (
        swap(QUARTER, "    baseline_year: 2018\n", "    measure: change\n    baseline_year: 2018\n"),
        "er en ændring, men er 120 i basisåret",
    ),
    "milestones in disorder": (
        swap(QUARTER, "{value: 90, year: 2027", "{value: 90, year: 2031"),
        "målene står ikke i orden",
    ),
    "an action of nobody": (
        swap(QUARTER, "responsible: teknik", "responsible: teknikken"),
        "forvaltningen 'teknikken'",
    ),
    "an action of no area": (swap(QUARTER, "area: indsats, text: Lave", "area: indsatz, text: Lave"), "'indsatz'"),
    "a box of no chapter": (swap(QUARTER, "chapter: vaerdi", "chapter: vaerdien"), "værdien 'vaerdien' findes ikke"),
    "a report after the policy": (
        swap("policies/eksempel/policy.yaml", "to: 2026}", "to: 2025}"),
        "uden for politikkens periode",
    ),
    "a report of the wrong file": (
        swap(QUARTER, "year: 2026-Q1\n", "year: 2026-Q2\n"),
        "men filen hedder 2026-q1.yaml",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_contradicts_itself_is_told(name: str) -> None:
    change, said = FAULTS[name]
    files = {**example(), **quarter()}
    files["settings.yaml"] = quarter()["settings.yaml"]
    change(files)
    shown = "\n".join(map(str, project(files).problems()))
    assert said in shown, shown


def test_what_the_earlier_form_would_leave_out_is_told() -> None:
    files = quarter()
    swap("settings.yaml", "follow_ups: {form: matrix}\n", "")(files)
    shown = [problem.message.split()[0] for problem in project(files).problems()]
    assert {"actions", "recommendations", "risks", "economy", "boxes", "comparisons", "by_unit"} <= set(shown)


def test_a_reason_lets_a_status_differ_and_is_printed() -> None:
    files = quarter()
    swap(QUARTER, "status: på vej", "status: nået\n    reason: Målet for området er et andet.")(files)
    assert project(files).problems() == ()
    assert "Forklaring\nMålet for området er et andet." in words_of(files, "follow-up/2026-q1")


def test_a_report_may_close_a_policy_whose_period_is_over() -> None:
    files = quarter()
    swap("policies/eksempel/policy.yaml", "to: 2026}", "to: 2025}")(files)
    swap(QUARTER, "policy: eksempel\n", "policy: eksempel\nclosing: true\n")(files)
    assert project(files).problems() == ()
    assert "som er slut" in words_of(files, "follow-up/2026-q1")


def test_the_next_quarter_carries_over_what_is_not_done() -> None:
    files = quarter()
    text = new_follow_up(project(files).content, "2026-q2", datetime.date(2026, 6, 30))
    assert "year: 2026-Q2\n" in text
    assert 'id: "kursus"' in text
    assert 'id: "aftale"' in text
    assert 'id: "plan"' not in text, "it is done"
    assert "{year: 2026-Q2, value: null}  # tallet og source, eller null: ikke opgjort; sidst ventet: 95" in text
    assert 'subject: "Elforbruget"' in text
    files["follow_ups/2026-q2.yaml"] = text.encode()
    made = project(files)
    assert made.problems() == ()
    assert "Status 1. kvartal 2026" in words_of(files, "follow-up/2026-q2") or "1. kvartal 2026" in text


def test_several_reports_in_a_period_have_each_their_name(tmp_path: Path) -> None:
    files = quarter()
    files["follow_ups/2026-q1-klima.yaml"] = files[QUARTER].replace(b"title: Eksempel", b"title: Klima. Eksempel")
    assert project(files).problems() == ()
    folder = write_content(tmp_path / "content", files)
    arguments = ["--content", str(folder), "--templates", str(ROOT / "templates")]
    made = CliRunner().invoke(main, ["new", "follow-up", "2026-q2-klima", *arguments])
    assert made.exit_code == 0, made.output
    assert "year: 2026-Q2" in (folder / "follow_ups/2026-q2-klima.yaml").read_text("utf-8")
    wrong = CliRunner().invoke(main, ["new", "follow-up", "2026-q5", *arguments])
    assert "2026-q1 (kvartal)" in wrong.output


def test_the_report_before_is_found_where_it_is_not_the_period_before() -> None:
    files = quarter()
    text = new_follow_up(project(files).content, "2026-h1", datetime.date(2026, 6, 30))
    assert "follows: '2026-q1'\n" in text
    with pytest.raises(WrongValueError) as caught:
        new_follow_up(project(files).content, "2031", datetime.date(2026, 6, 30))
    assert "--policy eksempel" in caught.value.hint
    assert "closing: true" in new_follow_up(project(files).content, "2031", datetime.date(2031, 6, 30), "eksempel")


@pytest.mark.slow
def test_a_report_may_follow_up_on_several_policies() -> None:
    """Both policies' areas have a status, and both titles are told."""
    files = quarter()
    policies = {path: data for path, data in files.items() if path.startswith("policies/eksempel/")}
    for path, data in policies.items():
        other = (
            data.replace(b"vaerdi", b"anden").replace(b"indsats", b"opgave").replace(b"Eksempelpolitik", b"Klimaplan")
        )
        files[path.replace("/eksempel/", "/klima/").replace("vaerdi", "anden")] = other
    swap(QUARTER, "policy: eksempel\n", "policy: eksempel\nalso: [klima]\n")(files)
    problems = project(files).problems()
    assert [problem.message for problem in problems if "'opgave' har ingen status" in problem.message]
    mark = problems[0].hint.rpartition(" ")[2]
    swap(
        QUARTER,
        "indicators:\n",
        f"  - {{area: opgave, reports_on: {mark}, status: nået, progress: frem}}\nindicators:\n",
    )(files)
    assert project(files).problems() == ()
    words = words_of(files, "follow-up/2026-q1")
    assert "Eksempelpolitik og Klimaplan" in words
    assert "2 indsatsområder: 1 nået og 1 på vej." in words


def test_a_case_quotes_a_quarter_and_a_range_that_is_expected() -> None:
    files = quarter()
    files["settings.yaml"] = (
        files["settings.yaml"]
        + b"cases:\n  headings: {recommendation: Indstilling, history: Gang, decision: Beslutning, annexes: Bilag}\n"
        + b"  lead_ins: {decides: 'Skolen indstiller,', recommends: x, declares: x, council: x}\n"
        + b"  sections: [{id: problem, heading: Problem}]\n  kinds: {decision: {label: Beslutning}}\n"
    )
    files["cases/sag.yaml"] = (
        b"title: En sag\nkind: decision\nversion: '1.0'\nstatus: udkast\ndate: 2026-04-01\nadministrations: [skole]\n"
        b"summary: 'I kvartalet {opfoelgning:2026-q1:energi}, ventet {opfoelgning:2026-q1:energi:2026-q2}.'\n"
        b"recommendation: [{points: [{id: p, text: sagen godkendes}]}]\nsections: [{id: problem, text: Teksten.}]\n"
        b"treatments: [{body: raadet, role: decides}]\n"
    )
    assert project(files).problems() == ()
    assert "I kvartalet 99 kWh/m², ventet 95-97 kWh/m²." in words_of(files, "case/sag")
