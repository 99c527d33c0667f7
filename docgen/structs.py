"""The values that go from stage to stage: classes of named, typed fields, compared by what they hold.

They are msgspec's, which defines such a class thirty times as fast as the standard library does. docgen has some
hundred of them, and a run for one document must not spend its time on defining those.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec import NODEFAULT, UNSET, Struct, StructMeta, UnsetType, field
from msgspec.structs import astuple, replace

__all__ = [
    "NODEFAULT",
    "UNSET",
    "Struct",
    "StructMeta",
    "UnsetType",
    "astuple",
    "encode_json",
    "field",
    "from_json",
    "lines_of_json",
    "reader_of",
    "replace",
    "to_builtins",
]

_Kind = TypeVar("_Kind")


def to_builtins(value: Any) -> Any:
    """A value as dicts, lists, texts and numbers, as JSON has them."""
    return msgspec.to_builtins(value, enc_hook=_plain)


def from_json(data: bytes, kind: type[_Kind]) -> _Kind:
    """A value of a kind that was kept as JSON. Raises ValueError for what is none."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def reader_of(kind: type[_Kind]) -> Callable[[bytes], _Kind]:
    """What reads many values of a kind, as `from_json` reads one."""
    decoder = msgspec.json.Decoder(kind)

    def read(data: bytes) -> _Kind:
        try:
            return decoder.decode(data)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError(str(error)) from None

    return read


def encode_json(value: Any, *, in_order: bool = False) -> bytes:
    """A value as JSON in UTF-8; `in_order` sorts the keys of mappings, and fields by name."""
    return msgspec.json.encode(value, enc_hook=_plain, order="sorted" if in_order else None)


def lines_of_json(value: Any) -> bytes:
    """A value without fractions as JSON in UTF-8 with a line for each value, indented by one space: the bytes of
    `json.dumps` with `indent=1` and all letters as they are, in a twentieth of the time."""
    return msgspec.json.format(encode_json(value), indent=1)


def _plain(value: Any) -> str:
    """A text that remembers its place, as the text alone."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(type(value))
