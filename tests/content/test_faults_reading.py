"""What is published says what was written: what YAML, Markdown and fonts would change without a word is told."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import pipeline
from docgen.commands.check import check_content
from docgen.content.yaml_reader import read_yaml
from docgen.problems import ContentError, DocgenError, Problem
from docgen.project import Project
from docgen.tree.document import Figure, texts, walk
from tests.support.contents import POLICY, repository, small_content, small_project, write_content
from tests.support.effort import tries

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni")
FIRST_LINE = 11
"""The line on which the introduction of `small_content` begins."""


def words(text: str) -> list[str]:
    """What a document says where its introduction is a text, a string a block."""
    return list(texts(pipeline.build_tree(small_project(introduction=text), POLICY)))


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with a document where its introduction is a text."""
    with pytest.raises(DocgenError) as caught:
        words(text)
    return caught.value.problems


def written(value: str) -> tuple[Problem, ...]:
    """What is wrong with the small content where its summary is written so, from the colon on."""
    files = small_content()
    path = "policies/eksempel/policy.yaml"
    files[path] = files[path].replace(b"summary: En politik til pr\xc3\xb8ver.", b"summary: " + value.encode())
    return Project(files, repository().template_files).problems()


# -- numbers ----------------------------------------------------------------------------------------------------


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.tuples(st.integers(1, 31), st.sampled_from(MONTHS)), min_size=1, max_size=4))
def test_paragraphs_that_begin_with_a_date_stay_as_they_are_typed(days: list[tuple[int, str]]) -> None:
    typed = [f"{day}. {month} slutter perioden." for day, month in days]
    shown = [text.replace("\N{NO-BREAK SPACE}", " ") for text in words("\n\n".join(typed))]
    assert [text for text in shown if text in typed] == typed


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.integers(100, 9999), min_size=1, max_size=4))
def test_paragraphs_that_begin_with_a_year_stay_as_they_are_typed(years: list[int]) -> None:
    typed = [f"{year}. Det blev sådan." for year in years]
    assert [text for text in words("\n\n".join(typed)) if text in typed] == typed


@pytest.mark.parametrize(
    "text", ["- 1. maj 2025 begynder den", "1. behandling er i maj", "den\n1. maj 2025", "1.-3. maj"]
)
def test_a_date_is_no_point(text: str) -> None:
    plain = text.removeprefix("- ").replace("\n", " ").replace("1.-3.", "1.-3.")
    assert plain in [shown.replace("\N{NO-BREAK SPACE}", " ") for shown in words(text)]


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=5))
def test_a_list_has_the_numbers_that_it_is_written_with_or_is_told(numbers: list[int]) -> None:
    text = "\n".join(f"{number}. Punkt" for number in numbers)
    in_order = all(two - one == 1 for one, two in itertools.pairwise(numbers))
    if in_order or set(numbers) == {numbers[0]}:
        assert words(text).count("Punkt") == len(numbers)
    else:
        assert any("nummer" in problem.message for problem in problems(text))


# -- markup -----------------------------------------------------------------------------------------------------

LEFT = {
    "**Overskrift:**Tekst lige efter.": "stjernerne",
    "Et **ord": "stjernerne",
    "Se [vejledning](https://www.kk.dk/min fil.pdf).": "linket",
    "Se [vejledning][her].": "linket",
    "#Overskrift": "#",
    "Jf. &sect; 5": "&sect;",
    "20&nbsp;kr.": "&nbsp;",
    "Det er ~~slettet~~.": "~~",
    "Det er ==vigtigt==.": "==",
    "100 m^2 grund": "^",
    "x^abc^ er stort": "^",
    "x~ab~ er lille": "~",
    "::: boks": ":::",
    "• et\n• to": "prikken",
    "\uf0b7 et": "prikken",
    "a) første\nb) anden": "løber sammen",
    "– et\n– to": "løber sammen",
    "1. maj: møde\n15. juni: møde": "løber sammen",
    "Køb\t5\t6": "tabulatoren",
    "Se {Bilag x}.": "{Bilag x}",
    "Se {bilag: x}.": "{bilag: x}",
    "Se {}.": "{}",
    "Se {bilag:\nx}.": "{bilag:",
    "Se {bilag:x)": "{bilag:x",
    "+ 3 pct. mere": "plusset",
    "> 5 mio. kr. i alt": "citat",
    "Det er 2*3*4 i alt": "gangetegnene",
    "[OBS]: husk\n\nMere": "[OBS]:",
    "- [ ] et punkt": "afkrydsningen",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", LEFT)
def test_markup_that_would_stand_in_print_or_vanish_is_told_at_its_place(text: str) -> None:
    found = problems(f"Først et afsnit.\n\n{text}")
    assert len(found) == (2 if text.startswith("• et\n") else 1)
    assert LEFT[text] in found[0].message
    assert found[0].hint
    assert found[0].origin.file == "content/policies/eksempel/policy.yaml"
    assert found[0].origin.line == FIRST_LINE + 2


@pytest.mark.parametrize(
    "text",
    [
        r"\{Bilag x\} og \{bilag:x\}", r"\*\*x\*\*y", r"\~~x\~~", r"\#Ord", r"\&sect; 5", r"m\^2",
        r"\[x\](a b)", r"\::: x",
    ],
)  # fmt: skip
def test_a_backslash_lets_a_sign_stand(text: str) -> None:
    assert text.replace("\\", "") in words(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("100 m^2^ grund", "100\N{NO-BREAK SPACE}m² grund"),
        ("H~2~O og CO~2~", "H₂O og CO₂"),
        ("*x*^-10^", "x⁻¹⁰"),
        ("`m^2^`", "m^2^"),
    ],
)
def test_raised_and_lowered_figures_become_the_signs_that_they_are(text: str, shown: str) -> None:
    assert shown in words(text)


@pytest.mark.parametrize(
    "text",
    ["5 * 3 * 2", "2*3", "vejl.*", "C# og nr. #12", "#12 er åben", "A & B", "a_b_c", "H₂O og m²", "x ^ y",
     "Navn: ________", "`**x**y`", "se [1]", "(a) det ene", "a) det ene", "{"],
)  # fmt: skip
def test_signs_that_are_no_markup_stand(text: str) -> None:
    assert text.replace("`", "") in words(text)


# -- YAML -------------------------------------------------------------------------------------------------------

CUT = {
    "Svar på sag #12 om indkøb": "slutter før '#12 om indkøb'",
    "Beløbet er 5 kr. # se bilag 2": "slutter før '# se bilag 2'",
    "#12 er vigtig": "'#12 er vigtig' læses som en bemærkning",
    "&hele er en del": "'&hele' falder ud",
    ">-\n  Indledning:\n  - et\n  - to": "listen løber sammen",
    "Indledning\n  - et\n  - to": "listen løber sammen",
    "'Indledning:\n\n  1. et\n  2. to'": "listen løber sammen",
    ">-\n  | a | b |\n  |---|---|\n  | 1 | 2 |": "tabellen løber sammen",
    ">-\n  ## Overskrift\n  Tekst": "overskriften og teksten løber sammen",
    '"C:\\temp"': "tabulator",
    "? hvad nu": "? betyder noget",
    '"a\\Lb"': "U+2028",
    "'a\u2028b'": "U+2028",
    "a\u2029b": "U+2029",
}


@pytest.mark.parametrize("value", CUT)
def test_a_text_that_yaml_changes_is_told_with_its_line(value: str) -> None:
    (found,) = written(value)
    assert CUT[value] in found.message
    assert found.hint
    assert 2 <= found.origin.line <= 2 + value.count("\n")


def test_all_that_yaml_cuts_is_told_at_once() -> None:
    files = small_content(title="Svar på sag #12")
    path = "policies/eksempel/policy.yaml"
    files[path] = files[path].replace(b"title: |-\n  Svar", b"title: Svar")
    files[path] = files[path].replace(b"summary: En", b"summary: &en En # ord")
    assert [problem.origin.line for problem in Project(files, repository().template_files).problems()] == [1, 2]


@pytest.mark.parametrize(
    "value",
    [
        "'Svar på sag #12'", '"Svar" # en bemærkning', ">-\n  En lang tekst\n  - som her -\n  fortsætter",
        ">-\n  Et møde den\n  1. maj 2025", ">-\n  Først\n\n  - et\n\n  - to", "C#-kode", "A&B",
        "Et # docgen: tillad DG301 grund",
    ],
)  # fmt: skip
def test_a_text_that_yaml_keeps_is_read(value: str) -> None:
    files = small_content()
    path = "policies/eksempel/policy.yaml"
    files[path] = files[path].replace(b"summary: En politik til pr\xc3\xb8ver.", b"summary: " + value.encode())
    assert Project(files, repository().template_files).content.documents


# -- characters -------------------------------------------------------------------------------------------------

SIGNS = ["1\ufe0f\u20e3", "#\u20e3", "🙋\u200d♀\ufe0f", "👍🏽", "👨\u200d👩\u200d👧", "🇩🇰", "🌶\ufe0f", "☎\ufe0f", "😀"]


@settings(max_examples=tries(40), deadline=None)
@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4, unique=True))
def test_a_joined_sign_is_refused_whole_once_and_with_all_others(signs: list[str]) -> None:
    found = problems(f"Trin 1 og 2 med {' og '.join(signs)} er klaret.")
    assert [problem.message.split("(")[1].split(")")[0] for problem in found] == [
        " ".join(f"U+{ord(part):04X}" for part in sign) for sign in signs
    ]
    assert {problem.origin.line for problem in found} == {FIRST_LINE}
    assert len({problem.origin.column for problem in found}) == len(signs)


# -- pictures ---------------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="5">Blå</text></svg>'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
ENTITY = '<!DOCTYPE svg [<!ENTITY a "b">]>'


def with_picture(data: bytes, name: str = "images/kort.svg") -> Project:
    project = small_project(introduction="![Et kort](images/kort.svg)")
    files = {path: found for path, found in project.content_files.items() if path != "images/kort.svg"}
    return Project({**files, name: data}, project.template_files, project.font_directories)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
@pytest.mark.parametrize("doctype", ["", DOCTYPE])
def test_a_drawing_may_have_any_encoding_and_a_doctype_that_defines_nothing(encoding: str, doctype: str) -> None:
    source = f'<?xml version="1.0" encoding="{encoding}"?>\n{doctype}{SVG}'.encode(encoding)
    document = pipeline.build_tree(with_picture(source), POLICY)
    (figure,) = [node for node in walk(document) if isinstance(node, Figure)]
    assert "Blå" in figure.data.decode()
    assert b"<!DOCTYPE" not in figure.data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f'<?xml version="1.0" encoding="utf-8"?>{SVG}'.encode("latin-1"), "tegnsæt"),
        (f'<?xml version="1.0" encoding="klingon"?>{SVG}'.encode(), "tegnsæt"),
        ((ENTITY + SVG).encode(), "DOCTYPE"),
        (f'<?xml version="1.0" encoding="utf-16"?>{SVG.replace("<text", "<script/><text")}'.encode("utf-16"), "kode"),
    ],
)
def test_a_drawing_that_is_not_what_it_says_is_told_by_its_fault(data: bytes, words: str) -> None:
    with pytest.raises(DocgenError) as caught:
        pipeline.build_tree(with_picture(data), POLICY)
    (found,) = caught.value.problems
    assert words in found.message
    assert found.origin.line == FIRST_LINE


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_picture_is_found_by_its_name_however_the_disk_writes_it(form: str, tmp_path: Path) -> None:
    files = small_content(introduction="![Et kort](<images/På vej.svg>)")
    name = unicodedata.normalize(form, "images/På vej.svg")  # type: ignore[arg-type]
    content = write_content(tmp_path / "content", {**files, name: files["images/kort.svg"]})
    templates = write_content(tmp_path / "templates", dict(repository().template_files))
    assert check_content(content, templates) == ()


# -- check and build --------------------------------------------------------------------------------------------


def test_check_tells_the_faults_of_every_document_and_every_layer(tmp_path: Path) -> None:
    files = small_content(introduction="Et tegn \u0950 og ![x](images/intet.svg)")
    other = small_content(introduction="Et ~~ord~~.", area="![Intet](images/intet.svg)")
    for path, data in other.items():
        if path.startswith("policies/"):
            files[path.replace("eksempel", "anden")] = data
    files["policies/tredje/policy.yaml"] = b"title: [forkert]\n"
    content = write_content(tmp_path / "content", files)
    templates = write_content(tmp_path / "templates", dict(repository().template_files))
    told = [problem.origin.file for problem in check_content(content, templates)]
    assert {name for file in told for name in ("eksempel", "anden", "tredje") if name in file} == {
        "eksempel",
        "anden",
        "tredje",
    }
    assert sum("anden" in file for file in told) == 2


@pytest.mark.slow
def test_check_tells_a_sign_that_the_font_lacks(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", small_content(introduction="Et tegn \u0e01 her."))
    templates = write_content(tmp_path / "templates", dict(repository().template_files))
    (found,) = check_content(content, templates)
    assert "U+0E01" in found.message
    assert found.origin.line == FIRST_LINE


@pytest.mark.parametrize("name", ["محمد علي", "יוסף"])
def test_a_name_from_right_to_left_is_refused_at_its_place(name: str) -> None:
    (problem,) = problems(f"Først et afsnit.\n\nVi takker {name} for det.")
    assert name in problem.message
    assert "latinske bogstaver" in problem.hint
    assert (problem.origin.line, problem.origin.column) == (FIRST_LINE + 2, 15)


TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u180e\u2061\u2064\u206a\u206f\ufff9\ufffb"


@pytest.mark.parametrize("sign", TURNING + UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("written", ["title: Sag {} nr. 2", 'title: "Sag \\u{} nr. 2"', "# Note {}\ntitle: Sag"])
def test_what_turns_or_hides_other_signs_is_refused_at_its_place(sign: str, written: str) -> None:
    """Trojan Source (CVE-2021-42574): a text that is read otherwise than it is shown; in a comment, too."""
    escaped = "\\u" in written
    data = written.format(f"{ord(sign):04x}" if escaped else sign).encode()
    with pytest.raises(ContentError) as caught:
        read_yaml("content/cases/x.yaml", data)
    (problem,) = caught.value.problems
    assert problem.message == f"usynligt styretegn U+{ord(sign):04X}"
    place = (1, 8) if escaped else (1, 12) if written.startswith("title") else (1, 8)
    assert (problem.origin.line, problem.origin.column) == place
