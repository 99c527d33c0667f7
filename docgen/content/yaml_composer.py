"""YAML's nodes -> values that remember where they stand, with every problem of a file."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml

from docgen.content.scalar import Scalar
from docgen.content.yaml_syntax import MAX_DEPTH, syntax_problem
from docgen.content.yaml_values import NAMING_FIELDS, NULLS, Map, Sequence, Value, control_characters
from docgen.problems import ContentError, Origin, Problem

MAX_NODES = 50_000

_SAFE_DEPTH = 200  # layers that libyaml's composer, which calls itself for each, has room for on any stack
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_ALL_LOST = re.compile(r"[ \t]*(#[^\s#][^\n]*)")


def compose(file: str, source: str) -> Map:
    """The mapping in a file's text. `file` is the name to show in messages. Raises ContentError with every problem."""
    loader = _Loader(source)
    try:
        _check_depth(file, source)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise ContentError([syntax_problem(file, source, error)]) from None
    finally:
        loader.dispose()
    if node is None:
        raise ContentError([Problem(Origin(file, 1, 1), "filen er tom", "skriv mindst ét felt, eller slet filen")])
    composer = _Composer(file, source)
    value = composer.value(node, (), 0)
    if composer.problems:
        raise ContentError(composer.problems)
    if not isinstance(value, Map):
        hint = "begynd filen med felter som 'title: …'"
        raise ContentError([Problem(_origin(file, node, ()), "filen skal bestå af felter med navn og værdi", hint)])
    return value


def _check_depth(file: str, source: str) -> None:
    """Refuses what is nested so deeply that composing it would end the process; it can be only where signs are many."""
    signs = rf"[ \t\-?:]{{{_SAFE_DEPTH // 2}}}"  # a new layer of blocks begins further in, or at a sign of its own
    if source.count("[") + source.count("{") < _SAFE_DEPTH and not re.search(signs, source):
        return
    depth = 0
    for event in yaml.parse(source, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _SAFE_DEPTH:
            mark: Any = event.start_mark
            origin = Origin(file, mark.line + 1, mark.column + 1)
            message = f"felterne er lagt ind i hinanden i mere end {MAX_DEPTH} lag"
            raise ContentError([Problem(origin, message, "gør opbygningen fladere")])


class _Composer:
    def __init__(self, file: str, source: str) -> None:
        self.file, self.source = file, source
        self.problems: list[Problem] = []
        self._count = 0
        self._open: set[int] = set()

    def problem(self, origin: Origin, message: str, hint: str) -> None:
        self.problems.append(Problem(origin, message, hint))

    def value(self, node: yaml.Node, path: tuple[str, ...], depth: int) -> Value:
        origin = _origin(self.file, node, path)
        self._count += 1
        if self._count > MAX_NODES:
            if self._count == MAX_NODES + 1:
                hint = "skriv teksten ud i stedet for at gentage den med * og &"
                self.problem(origin, f"filen bliver til mere end {MAX_NODES:,} værdier".replace(",", "."), hint)
            return None
        if depth > MAX_DEPTH:
            self.problem(
                origin, f"felterne er lagt ind i hinanden i mere end {MAX_DEPTH} lag", "gør opbygningen fladere"
            )
            return None
        if id(node) in self._open:
            self.problem(origin, "værdien henviser til sig selv", "fjern henvisningen med *")
            return None
        if node.tag not in _PLAIN_TAGS:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(origin, f"mærket '{tag}' bruges ikke her", "skriv værdien uden !")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, origin)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return self._sequence(node, origin, depth)
            assert isinstance(node, yaml.MappingNode)
            return self._map(node, origin, depth)
        finally:
            self._open.discard(id(node))

    def _scalar(self, node: yaml.ScalarNode, origin: Origin) -> Scalar | None:
        plain = node.style in (None, "")
        start, end = node.start_mark.index, node.end_mark.index
        if plain and not node.value and self._is_lost(end, origin):
            return None
        if plain and node.value in NULLS:
            return None
        text = unicodedata.normalize("NFC", node.value).strip("\n")
        for _, _, character in control_characters(text):
            self.problem(origin, f"usynligt styretegn U+{ord(character):04X}", "slet det")
            return None
        return Scalar(text, origin, plain, self.source, start, end)

    def _is_lost(self, end: int, origin: Origin) -> bool:
        """Notes a value that is a comment from its first sign on."""
        if comment := _ALL_LOST.match(self.source, end):
            hint = "sæt teksten i anførselstegn, eller sæt et mellemrum efter #, hvis det er en bemærkning"
            self.problem(origin, f"hele teksten '{comment[1].strip()}' læses som en bemærkning", hint)
            return True
        return False

    def _sequence(self, node: yaml.SequenceNode, origin: Origin, depth: int) -> Sequence:
        result = Sequence(origin)
        for position, child in enumerate(node.value):
            path = (*origin.path, _item_name(child) or str(position))
            result.item_origins.append(_origin(self.file, child, path))
            result.append(self.value(child, path, depth + 1))
        return result

    def _map(self, node: yaml.MappingNode, origin: Origin, depth: int) -> Map:
        result = Map(origin)
        for key, child in node.value:
            place = _origin(self.file, key, origin.path)
            if not isinstance(key, yaml.ScalarNode):
                self.problem(place, "et feltnavn skal være et ord", "skriv 'navn: værdi'")
                continue
            name = unicodedata.normalize("NFC", key.value)
            if name in result:
                first = result.key_origins[name].line
                self.problem(place, f"feltet '{name}' står to gange; første gang i linje {first}", "slet det ene")
                continue
            result.key_origins[name] = place
            path = (*origin.path, name)
            result[name] = value = self.value(child, path, depth + 1)
            if value is None:
                result.null_origins = result.null_origins or {}
                stands = child if child.value else key  # nothing at all has the place of its key
                result.null_origins[name] = _origin(self.file, stands, path)
        return result


def _item_name(node: yaml.Node) -> str:
    names: dict[str, str] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in NAMING_FIELDS and isinstance(value, yaml.ScalarNode):
                names.setdefault(key.value, "@" + str(value.value))
    return next((names[field] for field in NAMING_FIELDS if field in names), "")


def _origin(file: str, node: yaml.Node, path: tuple[str, ...]) -> Origin:
    return Origin(file, node.start_mark.line + 1, node.start_mark.column + 1, path)
