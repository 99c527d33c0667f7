"""YAML as plain values, for tests that change some: by libyaml, ten times as fast as PyYAML's own Python."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read(text: str | bytes) -> Any:
    """The values in a text."""
    return yaml.load(text, _LOADER)


def write(values: Any, *, sort_keys: bool = True) -> str:
    """A text that holds some values."""
    return str(yaml.dump(values, Dumper=_DUMPER, allow_unicode=True, sort_keys=sort_keys))
