"""What templates may use: each kind says it with names, types and words; a wrong name is told with the right one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_type_hints

import pytest

from docgen.kinds.kind import Kind
from docgen.kinds.prepared import Context
from docgen.kinds.registry import KINDS
from docgen.pipeline import Job, build_tree
from docgen.problems import TemplateError
from docgen.project import Project
from docgen.structs import replace
from docgen.template_values import View
from tests.support.contents import document_ids, repository
from tests.support.own_kind import PRESS_RELEASE

CASE = "case/afdaekning-af-innovation-og-partnerskaber"
POLICY, GUIDE = "policy/indkoebspolitik-2023-2026", "guide/brugervejledning"
AGENDA = "meeting/2022-12-01-br/dagsorden"


def changed(template: str, old: str, new: str) -> tuple[Project, int]:
    """The repository with words of a template replaced at their first place, and the line that they stand in."""
    files = dict(repository().template_files)
    before = files[template].decode()
    assert old in before
    files[template] = before.replace(old, new, 1).encode()
    return replace(repository(), template_files=files), before[: before.index(old)].count("\n") + 1


WRONG = {
    "et navn i skabelonens øverste lag": (
        POLICY, "policy_frame.md.j2", "{{ status }}", "{{ statsu }}", "'statsu' findes ikke; mente du 'status'?",
    ),
    "et felt i indholdet": (
        POLICY, "policy_frame.md.j2", "{{ policy.title }}", "{{ policy.titel }}",
        "feltet 'titel' findes ikke; mente du 'title'?",
    ),
    "et felt i et felt": (
        POLICY, "policy_frame.md.j2", "policy.period.first |", "policy.period.frist |",
        "feltet 'frist' findes ikke; mente du 'first'?",
    ),
    "et felt i det, en slags viser": (
        CASE, "case.md.j2", "{{ case.recipient }}", "{{ case.recipent }}",
        "feltet 'recipent' findes ikke; mente du 'recipient'?",
    ),
    "et felt i en betingelse": (
        CASE, "case.md.j2", "{% if case.meeting %}", "{% if case.meting %}",
        "feltet 'meting' findes ikke; mente du 'meeting'?",
    ),
    "et felt i en løkke": (
        CASE, "case.md.j2", "{% for section in case.sections %}", "{% for section in case.section %}",
        "feltet 'section' findes ikke; mente du 'sections'?",
    ),
    "et felt i en skabelon, der tages ind": (
        AGENDA, "meeting_parts.md.j2", "{{ meeting.committee }}", "{{ meeting.comittee }}",
        "feltet 'comittee' findes ikke; mente du 'committee'?",
    ),
    "løkkens eget navn": (
        GUIDE, "guide.md.j2", "{{ chapter.title }}", "{{ chaptr.title }}", "'chaptr' findes ikke; mente du 'chapter'?",
    ),
    "løkkens tal": (
        GUIDE, "guide.md.j2", "{{ chapter.title }}", "{{ loop.idex }}", "feltet 'idex' findes ikke; mente du 'index'?",
    ),
    "et felt i det, en funktion giver": (
        POLICY, "policy_frame.md.j2", "policy.adopted.date).name", "policy.adopted.date).nme",
        "feltet 'nme' findes ikke; mente du 'name'?",
    ),
    "et filter": (
        POLICY, "policy.md.j2", "| number }}", "| numer }}", "filteret 'numer' findes ikke; mente du 'number'?",
    ),
    "en funktion": (
        AGENDA, "agenda.md.j2", "digits(item", "digit(item", "'digit' findes ikke; mente du 'digits'?",
    ),
    "en makro": (
        AGENDA, "agenda.md.j2", "{{ masthead() }}", "{{ masthed() }}",
        "'masthed' findes ikke; mente du 'masthead'?",
    ),
    "en makro i en anden skabelon": (
        AGENDA, "meeting_parts.md.j2", "{% macro masthead() %}", "{% macro masthed() %}",
        "'masthead' findes ikke i meeting_parts.md.j2; mente du 'masthed'?",
    ),
    "en prøve": (
        CASE, "case.md.j2", "{% if case.meeting %}", "{% if case.meeting is defned %}",
        "prøven 'defned' findes ikke; mente du 'defined'?",
    ),
    "en skabelon": (
        CASE, "case.md.j2", '"case_parts.md.j2"', '"case_part.md.j2"',
        "skabelonen 'case_part.md.j2' findes ikke; mente du 'case_parts.md.j2'?",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_name_is_told_at_its_line_with_the_right_one(name: str) -> None:
    document, template, old, new, told = WRONG[name]
    project, line = changed(template, old, new)
    with pytest.raises(TemplateError) as caught:
        build_tree(project, document)
    (problem,) = caught.value.problems
    if name == "en makro i en anden skabelon":  # told where it is called
        template, line = "agenda.md.j2", 3
    assert str(problem) == f"templates/{template}:{line}: {told}"


@pytest.mark.slow
def test_what_is_like_no_name_is_told_with_those_that_there_are() -> None:
    project, line = changed("guide.md.j2", "{{ guide.subtitle }}", "{{ guide.xyz }}")
    with pytest.raises(TemplateError) as caught:
        build_tree(project, GUIDE)
    shown = str(caught.value.problems[0])
    assert shown.startswith(f"templates/guide.md.j2:{line}: feltet 'xyz' findes ikke; brug chapters, date, ")
    assert "_origins" not in shown
    project, line = changed("guide.md.j2", "{{ guide.subtitle }}", "{{ guide.title.xyz }}")
    with pytest.raises(TemplateError) as caught:
        build_tree(project, GUIDE)
    assert str(caught.value.problems[0]).endswith("; en tekst, et tal eller en liste har ingen felter")


@pytest.mark.parametrize("id", document_ids())
def test_a_document_shows_its_template_what_its_kind_says(id: str) -> None:
    job = Job(repository(), id)
    assert type(job.prepared.context) is job.kind.templates[job.prepared.template]


def views(kind: type[View], seen: set[type[View]]) -> Iterator[type[View]]:
    """A view and all that are in it."""
    if kind not in seen:
        seen.add(kind)
        yield kind
        for hint in get_type_hints(kind).values():
            for inner in _classes(hint):
                if issubclass(inner, View):
                    yield from views(inner, seen)


def _classes(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and not hasattr(hint, "__origin__"):
        yield hint
    for inner in getattr(hint, "__args__", ()):
        yield from _classes(inner)


@pytest.mark.parametrize("kind", [*KINDS.values(), PRESS_RELEASE], ids=lambda kind: kind.name)
def test_every_field_that_is_shown_is_described(kind: Kind) -> None:
    assert kind.templates
    for context in kind.templates.values():
        assert issubclass(context, Context)
        for view in views(context, set()):
            for name, hint in get_type_hints(view, include_extras=True).items():
                (words,) = getattr(hint, "__metadata__", ("",))
                assert isinstance(words, str), (view, name)
                assert len(words) > 3, (view, name)
                assert not words.endswith("."), (view, name)
