"""Policies: a document each, the same in every edition."""

from __future__ import annotations

from docgen.content.computed import computed, label
from docgen.content.content import Content
from docgen.content.policy_profile import PolicyProfile
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.policy.model import Policy, PolicyPart
from docgen.kinds.policy.views import PartsContext, PartView, PolicyContext
from docgen.kinds.prepared import Prepared, sentence
from docgen.template_values import template_function


def prepare_policy(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """A policy, ready for its template. Raises KeyError for an unknown id."""
    policy = content.all(Policy)[id.name]
    context = PolicyContext(
        policy=policy,
        municipality=content.settings.municipality,
        status=computed(sentence(policy.status), policy.origin_of("status")),
        dash="–" if content.settings.house_style.range == "dash" else "-",
        body=template_function(lambda id, day: content.organisation.body(id, day)),
    )
    template = "policy.md.j2"
    if policy.profile is not None:
        profile = content.settings.policies[str(policy.profile)]
        shown = {name: getattr(context, name) for name in context.__struct_fields__}
        parts = tuple(_parts(policy.parts, profile, ""))
        context, template = PartsContext(**shown, parts=parts, words=profile.measures), "policy_parts.md.j2"
    return Prepared(
        template=template,
        context=context,
        written=policy,
        title=str(policy.title),
        short_title=str(policy.short_title or ""),
        subject=" ".join(policy.summary.split()),
        version=str(policy.version),
        status=policy.status,
        date=policy.date,
        keywords=tuple(str(chapter.title) for chapter in policy.chapters if chapter.title is not None),
        made_of=(id.document,),
    )


def _parts(parts: tuple[PolicyPart, ...], profile: PolicyProfile, above: str) -> list[PartView]:
    """The parts in the order of the profile, those of a kind in their own; numbered through where it says so."""
    kinds = [str(part.id) for part in profile.parts]
    ordered = sorted(parts, key=lambda part: kinds.index(str(part.part)))
    found = []
    for position, part in enumerate(ordered, 1):
        kind = profile.part(part.part)
        assert kind is not None  # checked when the content was loaded
        number = f"{above}{position}" if profile.numbered else ""
        heading = part.title if part.title is not None else label(kind, "heading")
        found.append(
            PartView(
                id=str(part.id),
                title=computed(f"{number}. {heading}", heading)
                if number and not above
                else computed(f"{number} {heading}", heading)
                if number
                else heading,
                number=number,
                lead=part.lead or "",
                text=part.text or "",
                areas_heading=label(kind, "areas_heading") if kind.areas_heading else "",
                focus_areas=part.focus_areas,
                measures_heading=label(kind, "measures_heading"),
                measures=part.measures,
                parts=tuple(_parts(part.parts, profile, f"{number}." if number else "")),
            )
        )
    return found
