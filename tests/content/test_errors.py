"""Bad input: what the secretary is told. Every message is in `tests/golden/errors/*.txt`, to be read by a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docgen import pipeline
from docgen.commands import check as checking
from docgen.problems import DocgenError, Problem
from docgen.project import Project
from docgen.writers import formats
from tests.conftest import Golden
from tests.support.contents import POLICY, ROOT, repository, small_content

SETTINGS = "settings.yaml"
FILE = "policies/eksempel/policy.yaml"
VALUE = "policies/eksempel/values/1-vaerdi.yaml"
ANSWER = "policies/eksempel/responsibilities.yaml"
BOMB = "bombe: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"b{n}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
)

Change = Callable[[dict[str, bytes]], None]


def put(path: str, data: str | bytes) -> Change:
    """Replaces a whole file."""
    return lambda files: files.update({path: data.encode() if isinstance(data, str) else data})


def swap(path: str, before: str, after: str) -> Change:
    """Replaces a piece of a file that must be there."""

    def change(files: dict[str, bytes]) -> None:
        assert before.encode() in files[path], (path, before)
        files[path] = files[path].replace(before.encode(), after.encode(), 1)

    return change


def drop(path: str) -> Change:
    return lambda files: files.pop(path)  # type: ignore[return-value]


def together(changes: tuple[Change, ...]) -> Change:
    """Several changes."""

    def change(files: dict[str, bytes]) -> None:
        for each in changes:
            each(files)

    return change


def text(markdown: str) -> Change:
    """The introduction's text."""
    block = "|-\n" + "\n".join("    " + line for line in markdown.split("\n"))
    return swap(FILE, "|-\n    Indledningens tekst.", block)


CONTENT: dict[str, Change] = {
    # YAML as such
    "syntaksfejl: kolon i tekst": swap(FILE, "title: Eksempelpolitik", "title: Politik: et eksempel"),
    "syntaksfejl: anførselstegn mangler": swap(FILE, 'version: "1.0"', 'version: "1.0'),
    "syntaksfejl: tabulator": swap(FILE, "  title: Indledning", "\ttitle: Indledning"),
    "syntaksfejl: indrykning": swap(FILE, "  title: Indledning", " title: Indledning"),
    "syntaksfejl: klamme": swap(FILE, "{from: 2023, to: 2026}", "{from: 2023, to: 2026"),
    "fed skrift forrest uden anførselstegn": swap(FILE, "text: Oversigtens tekst.", "text: **Fed** tekst."),
    "felt to gange": swap(FILE, "date: 2022-12-01", "date: 2022-12-01\ntitle: Igen\nstatus: vedtaget"),
    "henvisning uden mål": swap(FILE, "text: Oversigtens tekst.", "text: *fremhævet"),
    "henvisning til sig selv": swap(FILE, "text: Oversigtens tekst.", "text: &a [*a]"),
    "aliasbombe": put("glossary.yaml", BOMB),
    "mærke": swap(FILE, "text: Oversigtens tekst.", "text: !!python/object:os.system x"),
    "to dokumenter": swap(FILE, "date: 2022-12-01", "---\ndate: 2022-12-01"),
    "dybt i hinanden": put("glossary.yaml", "a: " + "[" * 60 + "]" * 60),
    "alt for dybt i hinanden": put("glossary.yaml", "a: b\nc:\n  - " + "[" * 300 + "]" * 300),
    "alt for dybt i hinanden uden klammer": put("glossary.yaml", "a:\n" + " -" * 300 + " b\n"),
    "ikke felter": put("glossary.yaml", "- et\n- to\n"),
    # files
    "tom fil": put(VALUE, ""),
    "kun kommentarer": put(VALUE, "# senere\n"),
    "billede i stedet for YAML": put(VALUE, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "UTF-16": put(VALUE, "id: vaerdi".encode("utf-16")),
    "Windows-1252": put(
        SETTINGS, "format: 2\nmunicipality:\n  name: Ærø Kommune\n  council: raadet\n".encode("cp1252")
    ),
    "styretegn": put(SETTINGS, "format: 2\nmunicipality: {name: A\x07, council: raadet}\n"),
    "50 MB": put("glossary.yaml", b"a: " + b"x" * 50_000_000),
    "fil mangler": drop(ANSWER),
    "ingen værdier": drop(VALUE),
    "fil med forkert navn": lambda files: files.update({"policies/eksempel/policies.yaml": files[FILE]}),
    "fil med .yml": put("settings.yml", "a: b"),
    "filnavn, der ikke kan være et id": put("guides/Min Vejledning.yaml", "title: Vejledning\n"),
    "værdi uden nummer": lambda files: files.update({"policies/eksempel/values/vaerdi.yaml": files.pop(VALUE)}),
    # fields
    "ukendt felt": swap(FILE, "title: Eksempelpolitik", "titel: Eksempelpolitik"),
    "ukendt felt i et punkt": swap(VALUE, "    lead: Gøre noget.", "    leed: Gøre noget."),
    "ukendt felt uden lignende": swap(FILE, "date: 2022-12-01", "date: 2022-12-01\nxyzzy: 1"),
    "felt mangler": swap(FILE, "summary: En politik til prøver.\n", ""),
    "felt uden værdi": swap(FILE, "summary: En politik til prøver.", "summary:"),
    "id uden værdi": swap(VALUE, "id: indsats", "id:"),
    "valg uden værdi": swap(FILE, "status: udkast", "status:"),
    "lister, hvor der skal stå én værdi": together(
        (
            swap(FILE, "period: {from: 2023, to: 2026}", "period: {from: [2023], to: 2026}"),
            swap(FILE, "date: 2022-12-01", "date: [2022]"),
            swap(FILE, 'version: "1.0"', "version: {a: b}"),
        )
    ),
    "tabel uden navne": put(SETTINGS, "format: 2\nmunicipality: {name: A, council: raadet}\ncases: {kinds: ingen}\n"),
    "fejl inde i en tabel": put(
        SETTINGS,
        "format: 2\nmunicipality: {name: A, council: raadet}\n"
        "cases: {kinds: {Sag: {label: a}, briefing: {}, decision: b}}\n",
    ),
    "to organer med samme id": put(
        "organisation.yaml",
        "bodies:\n  - {id: raadet, kind: council, name: Byrådet}\n  - {id: raadet, kind: committee, name: Udvalget}\n",
    ),
    "organ, der slutter, før det begynder": put(
        "organisation.yaml",
        "bodies:\n  - {id: raadet, kind: council, name: Byrådet, parent: xyzzy}\n"
        "  - {id: udvalget, kind: committee, name: Udvalget, valid_from: 2020-01-01, valid_to: 2019-01-01}\n",
    ),
    "historien passer ikke": swap(
        FILE,
        'version: "1.0"',
        'version: "1.0"\nhistory:\n  - {version: "0.2", date: 2022-02-01, what: b}\n'
        '  - {version: "0.1", date: 2022-01-01, what: a}',
    ),
    "tom tekst": swap(FILE, "summary: En politik til prøver.", 'summary: "  "'),
    "version uden anførselstegn": swap(FILE, 'version: "1.0"', "version: 1.10"),
    "version med ord": swap(FILE, 'version: "1.0"', "version: første"),
    "ja/nej som tekst": swap(FILE, "title: Eksempelpolitik", "title: true"),
    "hverken ja eller nej": put(
        SETTINGS, "format: 2\nmunicipality: {name: A, council: raadet}\nmeetings: {saturday_is_weekday: ja}\n"
    ),
    "liste som tekst": swap(FILE, "summary: En politik til prøver.", "summary: [a, b]"),
    "tekst som felter": swap(FILE, "period: {from: 2023, to: 2026}", "period: 2023-2026"),
    "tekst som liste": swap(VALUE, "focus_areas:\n  - id: indsats", "focus_areas: ingen\nandet:\n  - id: indsats"),
    "tom liste": put("organisation.yaml", "bodies: []\n"),
    "dansk dato": swap(FILE, "date: 2022-12-01", "date: 1.12.2022"),
    "umulig dato": swap(FILE, "date: 2022-12-01", "date: 2023-02-29"),
    "årstal med bogstaver": swap(FILE, "from: 2023", "from: to tusind"),
    "tal med komma": swap(
        FILE,
        "overview:",
        "purchases: {id: k, title: K, year: 2021, unit: kr., total: '13,8', parts: [{id: d, label: D, amount: 1.2.3}],"
        " source: S}\noverview:",
    ),
    "sum, der ikke passer": swap(
        FILE,
        "overview:",
        "purchases: {id: k, title: K, year: 2021, unit: kr., total: 13.8, parts: [{id: d, label: D, amount: 10.7}],"
        " source: S}\noverview:",
    ),
    "ukendt status": swap(FILE, "status: udkast", "status: vedtagt"),
    "ulovligt id": swap(VALUE, "id: indsats", "id: Grønne Indkøb"),
    "linjeskift i en titel": swap(VALUE, "title: Værdien", "title: |\n  To\n  linjer"),
    # across files
    "ukendt henvisning": swap(ANSWER, "body: raadet", "body: raaden"),
    "id brugt to gange": swap(ANSWER, "id: beslutter", "id: indsats"),
    "vedtaget uden beslutning": swap(FILE, "status: udkast", "status: vedtaget"),
    "periode baglæns": swap(FILE, "{from: 2023, to: 2026}", "{from: 2026, to: 2023}"),
    "navn uden for sin tid": lambda files: (
        put("organisation.yaml", "bodies:\n  - {id: raadet, kind: council, name: Byrådet, valid_from: 2026-01-01}\n")(
            files
        ),
    )[0],
    # running text
    "HTML i en linje": text("Noget <b>fedt</b> og mere."),
    "HTML for sig": text("Noget.\n\n<div>En boks</div>"),
    "HTML-kommentar": text("Noget.\n\n<!-- skjult -->"),
    "billede uden beskrivelse": text("![](images/kort.svg)"),
    "billede midt i en linje": text("Se ![kort](images/kort.svg) her."),
    "ukendt billede": text("![Et kort](images/kart.svg)"),
    "billede uden for mappen": text("![Et kort](../../hemmeligt.png)"),
    "overskrift springer et niveau over": text("## For dyb\n\nTekst."),
    "tom overskrift": text("#\n\nTekst."),
    "fodnote, der ikke er skrevet": text("En påstand[^kilde]."),
    "fodnote, der ikke bruges": text("En påstand.\n\n[^kilde]: Kilden."),
    "link med kode": text("[klik](javascript:alert(1))"),
    "link uden mål": text("Se [afsnittet](#findes-ikke)."),
    "link uden tekst": text("Se [](https://www.kk.dk)."),
    "tabel med ulige rækker": text("| a | b |\n|--|--|\n| 1 |"),
    "streg": text("Før.\n\n---\n\nEfter."),
    "liste, hvor der skal stå ét afsnit": swap(VALUE, "title: Værdien", 'title: "- Værdien"'),
    # all at once
    "flere fejl på én gang": together(
        (
            swap(FILE, "title: Eksempelpolitik", "titel: Eksempelpolitik"),
            swap(FILE, "date: 2022-12-01", "date: i går"),
            swap(VALUE, "    lead: Gøre noget.\n", ""),
            swap(ANSWER, "body: raadet", "body: [raadet]"),
            put("glossary.yaml", "terms: {a: b}"),
        )
    ),
}

TEMPLATES: dict[str, Change] = {
    "ukendt filter": put("policy.md.j2", "# {{ policy.title | stort }}\n"),
    "ukendt variabel": put("policy.md.j2", "Hej\n\n# {{ politik.title }}\n"),
    "ukendt felt": put("policy.md.j2", "# {{ policy.titel }}\n"),
    "syntaksfejl": put("policy.md.j2", "{% for value in policy.values %}\n# {{ value.title }}\n"),
    "Pythons indre": put("policy.md.j2", "{{ policy.__class__.__mro__ }}\n"),
    "Pythons indre gennem en streng": put("policy.md.j2", "{{ '{0.__class__}'.format(policy) }}\n"),
    "metode": put("policy.md.j2", "{{ policy.described }}\n"),
    "sti uden for mappen": put("policy.md.j2", "{% include '../../etc/passwd' %}\n"),
    "dato uden filter": put("policy.md.j2", "{{ policy.date }}\n"),
    "felt uden værdi": put("policy.md.j2", "{{ policy.expires }}\n"),
    "kalder sig selv": put("policy.md.j2", "{% include 'policy.md.j2' %}\n"),
    "ukendt rolle": put("policy.md.j2", "# A\n\n:::{boks}\nHej\n:::\n"),
    "usynligt tegn": put("policy.md.j2", "# A \ue000\n"),
    "forkert tegnsæt": put("policy.md.j2", "# \xe6".encode("latin-1")),
    "skabelonen mangler": drop("policy.md.j2"),
    "overskrift springer et niveau over": put("policy.md.j2", "# A\n\n### B\n"),
    "tema: ukendt felt": swap("theme/theme.yaml", "  accent:", "  aksent:"),
    "tema: farve": swap("theme/theme.yaml", 'accent: "#0b3f6b"', "accent: blå"),
    "tema: tal": swap("theme/theme.yaml", "text_pt: 11", "text_pt: stor"),
    "tema: mål": swap("theme/theme.yaml", "width_mm: 210", "width_mm: -1"),
    "tema mangler": drop("theme/theme.yaml"),
    "skrifttype mangler": swap("theme/theme.yaml", "text: Source Sans 3", "text: Source Sand 3"),
}


def _messages(content: dict[str, bytes], templates: dict[str, bytes]) -> str:
    project = Project(content, templates, font_directories=repository().font_directories)
    problems = project.problems() or _refusal(project)
    assert problems
    assert all(problem.origin.file and problem.message and problem.hint for problem in problems)
    return "\n".join(map(str, problems))


def _refusal(project: Project) -> tuple[Problem, ...]:
    try:
        pipeline.write(project, pipeline.build_tree(project, POLICY), formats.PDF)
    except DocgenError as error:
        return error.problems
    return ()


def test_content_errors(golden: Golden) -> None:
    shown = []
    for name, change in CONTENT.items():
        files = small_content()
        change(files)
        shown.append(f"## {name}\n{_messages(files, dict(repository().template_files))}\n")
    golden("errors/content.txt", "\n".join(shown))


def test_template_errors(golden: Golden) -> None:
    shown = []
    for name, change in TEMPLATES.items():
        files = dict(repository().template_files)
        change(files)
        shown.append(f"## {name}\n{_messages(small_content(), files)}\n")
    golden("errors/templates.txt", "\n".join(shown))


def test_all_problems_of_a_run_come_at_once(tmp_path: Path) -> None:
    files = small_content()
    CONTENT["flere fejl på én gang"](files)
    for path, data in files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_bytes(data)
    problems = checking.check_content(tmp_path / "content", ROOT / "templates")
    assert len({problem.origin.file for problem in problems}) >= 4
    assert len(problems) == 5
