"""Rules of a policy: its ids, the names it refers to, its period, and a total that is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.references import check_unique, check_valid
from docgen.content.scalar import place_of
from docgen.kinds.document_fields import check_history
from docgen.kinds.policy.model import Policy
from docgen.problems import Problem, elsewhere


def check_policy(policy: Policy, content: Content) -> Iterator[Problem]:
    """Problems in one policy: ids, references to the organisation, period, and a total that is not its parts."""
    organisation = content.organisation
    known = [str(body.id) for body in organisation.bodies]
    yield from check_history(policy.history, policy.version, place_of(policy.version))
    yield from check_unique(
        (
            policy.introduction.id,
            policy.overview.id,
            policy.scope.id,
            policy.responsibilities.id,
            *(value.id for value in policy.values),
            *(area.id for value in policy.values for area in value.focus_areas),
            *(role.id for role in policy.responsibilities.roles),
            *(item.id for role in policy.responsibilities.roles for item in role.responsibilities),
        )
    )
    if policy.adopted:
        yield from check_valid(policy.adopted.body, policy.adopted.date, organisation, known)
    for role in policy.responsibilities.roles:
        if role.body is not None:
            yield from check_valid(role.body, policy.date, organisation, known)
    if policy.period.last < policy.period.first:
        shown = f"perioden {policy.period.first}-{policy.period.last} går baglæns"
        yield Problem(policy.period.origin, shown, "byt årene")
    if policy.status == "vedtaget" and policy.adopted is None:
        yield Problem(
            policy.origin_of("status"), "en vedtaget politik skal have feltet 'adopted'", "skriv body og date"
        )
    if purchases := policy.purchases:
        total = sum(part.amount for part in purchases.parts)
        if total != purchases.total:
            shown = f"{total}".replace(".", ",")
            written = f"{purchases.total}".replace(".", ",")
            place = purchases.origin_of("total")
            message = f"delene giver {shown}, men i alt er {written}{elsewhere(purchases.origin_of('parts'), place)}"
            yield Problem(place, message, "ret et af tallene")
