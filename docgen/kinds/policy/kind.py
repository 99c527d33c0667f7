"""The kind `policy`: a folder a policy, with a file for each of its values and one for who answers for what."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from docgen.content.content import Content
from docgen.content.documents import ContentFile, FileReader
from docgen.content.fields import with_more
from docgen.kinds.kind import Kind, Skeleton
from docgen.kinds.policy.checks import check_policy
from docgen.kinds.policy.model import Policy, PolicyFile, Responsibilities, Value
from docgen.kinds.policy.prepare import prepare_policy
from docgen.kinds.policy.views import PartsContext, PolicyContext

_FOLDER = "policies"
_VALUE = ContentFile("value", r"([^/]+)/values/(\d+)-[^/]+\.yaml", Value, "Værdi (values/N-navn.yaml)")


def _assemble(reader: FileReader, name: str, paths: Sequence[str]) -> Policy | None:
    place = f"{_FOLDER}/{name}"
    policy = reader.read(f"{place}/policy.yaml", PolicyFile)
    numbered = [
        (int(match[2]), path) for path in paths if (match := _VALUE.match(path.removeprefix(f"{_FOLDER}/"))) is not None
    ]
    values = [value for _, path in sorted(numbered) if (value := reader.read(path, Value)) is not None]
    if policy is not None and policy.profile is not None and not numbered:
        return with_more(policy, Policy, id=name)
    responsibilities = reader.read(f"{place}/responsibilities.yaml", Responsibilities)
    if not numbered:
        hint = f"læg mindst én fil i content/{place}/values/, fx 1-navn.yaml"
        reader.note(place, "politikken har ingen værdier", hint)
    if policy is None or responsibilities is None or not values or len(values) < len(numbered):
        return None
    # Every part is valid by now; validating again would lose nothing but time.
    return with_more(policy, Policy, id=name, values=tuple(values), responsibilities=responsibilities)


def _misnamed(path: str) -> str:
    inside = "/values/" in path and path.endswith(".yaml")
    return "begynd navnet med et nummer og en bindestreg, fx 1-navn.yaml" if inside else ""


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.policy.skeleton import new_policy

    return new_policy(content, variant, day)


def _profiles(content: Content) -> dict[str, str]:
    return {str(id): str(profile.label) for id, profile in content.settings.policies.items()}


POLICY = Kind(
    name="policy",
    folder=_FOLDER,
    files=(
        ContentFile("policy", r"([^/]+)/policy\.yaml", PolicyFile, "Politik (policy.yaml)"),
        _VALUE,
        ContentFile(
            "responsibilities", r"([^/]+)/responsibilities\.yaml", Responsibilities, "Ansvar (responsibilities.yaml)"
        ),
    ),
    model=Policy,
    prepare=prepare_policy,
    templates={"policy.md.j2": PolicyContext, "policy_parts.md.j2": PartsContext},
    assemble_with=_assemble,
    check_with=check_policy,
    misnamed_hint=_misnamed,
    skeleton=Skeleton(
        help="Laver content/policies/ID/policy.yaml med profilens dele.",
        metavar="ID",
        example="stoejpolitik-2027",
        write=_new,
        variants=_profiles,
        variants_help="Politikkens opbygning, en af dem i settings.yaml.",
        file="{name}/policy.yaml",
    ),
)
