"""The skeleton of a new policy: the parts of one of the municipality's profiles, with what to write at each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.policy_profile import PartProfile, PolicyProfile
from docgen.content.unfilled import UNWRITTEN
from docgen.problems import ContentError, Origin, Problem


def new_policy(content: Content, variant: str, day: datetime.date) -> str:
    """The YAML of a new policy with the parts of a profile (empty: the first); `day` is its date.

    Raises ContentError where the settings have no profile for policies.
    """
    profiles = content.settings.policies
    name = variant or str(next(iter(profiles), ""))
    if name not in profiles:
        hint = "tilføj 'policies' i settings.yaml med en profil og dens parts"
        raise ContentError([Problem(Origin("content/settings.yaml"), "der er ingen profil for politikker", hint)])
    profile = profiles[name]
    lines = [
        "# yaml-language-server: $schema=../../../schemas/policy.json",
        f"# {profile.label}. Skriv teksterne, og slet {UNWRITTEN}.",
        "# `docgen check` viser, hvad der mangler.",
        "",
        f"title: {UNWRITTEN} politikkens titel",
        f"profile: {name}",
        f"summary: {UNWRITTEN} politikken i en eller to sætninger.",
        f"period: {{from: {day.year}, to: {day.year + 3}}}",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        "# adopted: {body: …, date: …}  # når den er vedtaget",
        "parts:",
        *_parts(profile, "", "  "),
    ]
    return "\n".join(lines) + "\n"


def _parts(profile: PolicyProfile, above: str, indent: str) -> Iterator[str]:
    for part in profile.parts:
        if (above in map(str, part.under)) if above else not part.under:
            yield from _part(profile, part, indent)


def _part(profile: PolicyProfile, part: PartProfile, indent: str) -> Iterator[str]:
    number = "-1" if part.repeats else ""
    again = "  # kan gentages" if part.repeats else ""
    yield f"{indent}- id: {part.id}{number}"
    yield f"{indent}  part: {part.id}{again}"
    if part.repeats:
        yield f"{indent}  title: {UNWRITTEN} {part.heading}"
    yield f"{indent}  text: {UNWRITTEN} {part.heading}."
    if part.areas_heading is not None:
        yield f"{indent}  focus_areas:  # {part.areas_heading}"
        yield f"{indent}    - {{id: {part.id}{number}-a, lead: {UNWRITTEN}}}"
    inner = list(_parts(profile, str(part.id), f"{indent}    "))
    if inner:
        yield f"{indent}  parts:"
        yield from inner
