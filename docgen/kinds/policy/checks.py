"""Rules of a policy: its ids, the names it refers to, its period, and a total that is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.policy_profile import PolicyProfile
from docgen.content.references import check_unique, check_valid
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.document_fields import check_history
from docgen.kinds.policy.model import Policy, PolicyPart, all_parts
from docgen.problems import Problem, elsewhere


def check_policy(policy: Policy, content: Content) -> Iterator[Problem]:
    """Problems in one policy: ids, references to the organisation, period, and a total that is not its parts."""
    organisation = content.organisation
    known = [str(body.id) for body in organisation.bodies]
    yield from check_history(policy.history, policy.version, place_of(policy.version))
    roles = policy.responsibilities.roles if policy.responsibilities is not None else ()
    sections = [part.id for part in (policy.introduction, policy.overview, policy.scope) if part is not None]
    sections += [policy.responsibilities.id] if policy.responsibilities is not None else []
    parts = tuple(all_parts(policy.parts))
    yield from check_unique(
        (
            *sections,
            *(value.id for value in policy.values),
            *(area.id for value in policy.values for area in value.focus_areas),
            *(part.id for part in parts),
            *(item.id for part in parts for item in part.focus_areas),
            *(item.id for part in parts for item in part.measures),
            *(role.id for role in roles),
            *(item.id for role in roles for item in role.responsibilities),
        )
    )
    yield from _shape(policy, content)
    if policy.adopted:
        yield from check_valid(policy.adopted.body, policy.adopted.date, organisation, known)
    for role in roles:
        if role.body is not None:
            yield from check_valid(role.body, policy.date, organisation, known)
    if policy.period.last < policy.period.first:
        shown = f"perioden {policy.period.first}-{policy.period.last} går baglæns"
        yield Problem(policy.period.origin, shown, "byt årene")
    if policy.status == "vedtaget" and policy.adopted is None:
        yield Problem(
            policy.origin_of("status"), "en vedtaget politik skal have feltet 'adopted'", "skriv body og date"
        )
    for value in policy.values:
        if value.pull_quote is not None and not _repeats(value.pull_quote, value.text):
            hint = "skriv en sætning ord for ord, som den står i text"
            yield Problem(place_of(value.pull_quote), "citatet står ikke i værdiens tekst", hint)
    if purchases := policy.purchases:
        total = sum(part.amount for part in purchases.parts)
        if total != purchases.total:
            shown = f"{total}".replace(".", ",")
            written = f"{purchases.total}".replace(".", ",")
            place = purchases.origin_of("total")
            message = f"delene giver {shown}, men i alt er {written}{elsewhere(purchases.origin_of('parts'), place)}"
            yield Problem(place, message, "ret et af tallene")


def _repeats(quote: str, text: str) -> bool:
    """Whether some words stand in a text, however its lines are broken."""
    return " ".join(quote.split()) in " ".join(text.split())


_OF_VALUES = ("introduction", "overview", "focus_areas_title", "focus_areas_lead_in", "scope", "origin_of_wording")


def _shape(policy: Policy, content: Content) -> Iterator[Problem]:
    """A policy is built of values, with the fields that frame them, or of the parts of a profile."""
    if policy.profile is None:
        for field in _OF_VALUES:
            if getattr(policy, field) is None:
                hint = f"skriv '{field}: …', eller giv politikken en profile fra settings.yaml"
                yield Problem(policy.origin, f"feltet '{field}' mangler", hint)
        if policy.parts:
            hint = "skriv profile: navnet på en profil under policies i settings.yaml"
            yield Problem(policy.origin_of("parts"), "politikken har parts, men ingen profil", hint)
        return
    profiles = content.settings.policies
    profile = profiles.get(str(policy.profile))
    if profile is None:
        hint = meant(str(policy.profile), list(map(str, profiles)), f"vælg {', '.join(profiles) or 'intet'}")
        yield Problem(place_of(policy.profile), f"der er ingen profil '{policy.profile}' i settings.yaml", hint)
        return
    if policy.values:
        yield Problem(place_of(policy.profile), "politikken har både en profil og værdier i values/", "vælg det ene")
    yield from _parts(policy.parts, "", profile)
    present = {str(part.part) for part in all_parts(policy.parts)}
    for kind in profile.parts:
        if kind.required and str(kind.id) not in present:
            hint = f"tilføj en del med part: {kind.id}"
            yield Problem(policy.origin_of("parts"), f"delen {kind.heading} mangler", hint)


def _parts(parts: tuple[PolicyPart, ...], above: str, profile: PolicyProfile) -> Iterator[Problem]:
    """Parts of kinds that the profile has, each where it may stand, and not more of one than it says."""
    seen: dict[str, PolicyPart] = {}
    known = [str(kind.id) for kind in profile.parts if (above in map(str, kind.under) if above else not kind.under)]
    for part in parts:
        kind = profile.part(part.part)
        if kind is None or str(kind.id) not in known:
            where = f"under en del af slagsen '{above}'" if above else "yderst"
            hint = meant(str(part.part), known, f"brug {', '.join(known) or 'intet'}")
            yield Problem(place_of(part.part), f"'{part.part}' kan ikke stå {where}", hint)
            continue
        if (first := seen.setdefault(str(part.part), part)) is not part and not kind.repeats:
            place = place_of(part.part)
            shown = f"delen {kind.heading} står to gange{elsewhere(place_of(first.part), place)}"
            yield Problem(place, shown, "saml dem i én, eller skriv repeats: true i profilen")
        if not (part.lead or part.text or part.focus_areas or part.measures or part.parts):
            yield Problem(place_of(part.id), f"delen '{part.id}' er tom", "skriv text, eller slet den")
        yield from _parts(part.parts, str(part.part), profile)
