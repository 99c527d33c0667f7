"""The contract between docgen and a layout program: `layout.typ` reads what the types say, and all that they say."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from docgen.structs import Struct, encode_json
from docgen.writers.pdf import layout_contract as contract
from docgen.writers.pdf import layout_inlines as inline_contract
from docgen.writers.pdf.layout_data import layout_data
from docgen.writers.theme import Page, Sizes
from tests.support.contents import document_ids, repository, tree_of
from tests.support.trees import every_node

BLOCKS = typing.get_args(contract.BlockData)
INLINES = tuple(kind for kind in typing.get_args(inline_contract.InlineData) if kind is not str)
OWN_FUNCTIONS = {
    "draw-table": contract.TableData,
    "draw-fields": contract.FieldTableData,
    "draw-figure": contract.FigureData,
    "draw-list": contract.ListData,
    "draw-division": contract.DivisionData,
    "cover": contract.DivisionData,
}
"""The functions of the layout program that draw one kind of block, which they call `node`."""

VARIABLES: dict[str, tuple[Any, ...]] = {
    "input": (contract.LayoutInput,),
    "doc": (contract.DocumentData,),
    "theme": (contract.ThemeData,),
    "sizes": (Sizes,),
    "part": (contract.PartData, *BLOCKS),
    "node": BLOCKS,
    "block": BLOCKS,
    "b": BLOCKS,
    "item": (contract.ItemData, *INLINES),
    "piece": (inline_contract.PieceData,),
    "words": (contract.Divider,),
    "f": (contract.FieldData,),
    "c": (contract.CellData,),
}
"""What the layout program calls the values that it has from `document.json`."""


def layout() -> str:
    """The layout program without its comments."""
    return re.sub(r"//.*", "", repository().template_files["theme/layout.typ"].decode())


def functions(program: str) -> Iterator[tuple[str, str]]:
    """The name and the text of each definition at the left margin, and of what stands between them."""
    for text in re.split(r"\n(?=#)", program):
        found = re.match(r"#let ([\w-]+)", text)
        yield found[1] if found else "", text


def fields(kind: Any) -> dict[str, Any]:
    """The fields of a type in JSON, and `kind` where it has one."""
    tag = {"kind": str} if kind.__struct_config__.tag_field else {}
    return typing.get_type_hints(kind) | tag


def read_keys(program: str) -> Iterator[tuple[str, tuple[Any, ...], list[str]]]:
    """Each chain of keys that the program reads from a value of `document.json`, with the types the value may have."""
    for name, text in functions(program):
        for found in re.finditer(
            rf"(?<![\w\"-])(?:(?<=\.\.)|(?<!\.))({'|'.join(VARIABLES)})((?:\.[a-z_-]+\b)+)(\(?)", text
        ):
            keys = found[2][1:].split(".")
            kinds = (OWN_FUNCTIONS[name],) if found[1] == "node" and name in OWN_FUNCTIONS else VARIABLES[found[1]]
            if keys := keys[:-1] if found[3] else keys:  # what is called is Typst's own
                yield found[0], kinds, keys
        for found in re.finditer(r"(?<![\w.])(doc|theme|part|input|item|c|f|node|block)\.at\(\"(\w+)\"", text):
            yield found[0], VARIABLES[found[1]], [found[2]]
    for found in re.finditer(r"let \((\w+: [^)]*)\) = theme\.page\b", program):
        for pair in found[1].split(", "):
            yield found[0], (Page,), [pair.split(":")[0]]


def unknown(program: str) -> list[str]:
    """What the program reads that the contract does not have."""
    return [
        f"{shown}: {'.'.join(keys)}"
        for shown, kinds, keys in read_keys(program)
        if not any(_has(kind, keys) for kind in kinds)
    ]


def _has(kind: Any, keys: list[str]) -> bool:
    for key in keys:
        if not (isinstance(kind, type) and issubclass(kind, Struct)):
            return False
        if key not in fields(kind):
            return False
        kind = _inner(fields(kind)[key])
    return True


def _inner(kind: Any) -> Any:
    """The type of a value that is there: of `X | None`, X."""
    if isinstance(kind, types.UnionType):
        return next(one for one in typing.get_args(kind) if one is not type(None))
    return kind


def unread(program: str) -> list[str]:
    """What the contract has and the program never reads; the theme's own values are there for others to use."""
    read = {(kind, key) for _, kinds, keys in read_keys(program) for kind in kinds for key in keys[:1]}
    read |= {(contract.RunningData, key) for _, _, keys in read_keys(program) for key in keys[1:]}
    read |= {(kind, "children") for kind in INLINES if 'item.at("children"' in program}
    kinds = [
        *(contract.LayoutInput, contract.DocumentData, contract.ThemeData, contract.PartData, contract.Divider),
        *(contract.RunningData, contract.ItemData, inline_contract.PieceData, contract.FieldData, contract.CellData),
        *(*BLOCKS, *INLINES),
    ]
    missing = [f"{kind.__name__}.{key}" for kind in kinds for key in fields(kind) if (kind, key) not in read]
    return [name for name in missing if name != "ThemeData.colours" or "theme.colours" not in program]


def kinds_drawn(program: str) -> set[str]:
    """The kinds of blocks and inlines that the program knows."""
    return set(re.findall(r'\.kind [!=]= "(\w+)"', program))


def test_what_the_layout_reads_is_in_the_contract() -> None:
    assert len(list(read_keys(layout()))) > 100
    assert unknown(layout()) == []


def test_what_is_in_the_contract_is_read() -> None:
    assert unread(layout()) == []


def test_every_kind_of_block_and_inline_is_drawn() -> None:
    tags = {kind.__struct_config__.tag for kind in (*BLOCKS, *INLINES)}
    assert kinds_drawn(layout()) == tags


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("node.alignments", "node.alignment"),
        ("theme.page.height_mm", "theme.page.height"),
        ("doc.running_title", "doc.running"),
        ("part.running.inserted", "part.running.pages"),
        ("c.breakable", "c.long"),
        ("(margin_top_mm: top", "(margin_top: top"),
        ("words.bookmark", "words.text"),
    ],
)
def test_a_wrong_key_would_be_found(right: str, wrong: str) -> None:
    assert right in layout()
    assert unknown(layout().replace(right, wrong)) != []


@pytest.mark.parametrize("key", ["node.widths", "piece.whole", "doc.subject", "node.repeat", "item.target"])
def test_a_key_that_is_read_no_more_would_be_found(key: str) -> None:
    assert key in layout()
    assert unread(layout().replace(key, "none")) != []


@pytest.mark.slow
@pytest.mark.parametrize("id", [*document_ids(), every_node().id])
def test_what_is_handed_over_is_as_the_types_say(id: str) -> None:
    document = every_node() if id == every_node().id else tree_of(id)
    handed_over = layout_data(document, repository().theme)
    read = msgspec.json.decode(encode_json(handed_over.document), type=contract.DocumentData)
    assert read == handed_over.document
    assert msgspec.json.decode(encode_json(handed_over.part), type=contract.PartData) == contract.ALONE
