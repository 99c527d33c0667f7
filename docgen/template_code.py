"""What a template was compiled to, kept as Python keeps what a module was compiled to: in `__pycache__`.

Compiling the policy's two templates takes longer than filling them. What is kept is used only where the template, this
list of what decides how it is compiled, and the versions of Jinja and Python are the same; it is not written where
Python writes none (`-B`, PYTHONDONTWRITEBYTECODE), or may not.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from docgen.files import read_file, replace_together
from docgen.problems import OutputError

_DIGEST = hashlib.sha256().digest_size


class KeptCode(BytecodeCache):
    """The code of templates, a file for each name."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template's name is all there is to tell it by: it lies in memory."""
        return hashlib.sha256(name.encode()).hexdigest()[:16]

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of a template; empty where it must be compiled."""
        return super().get_bucket(environment, name, filename, f"{_options(environment)}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reads what is kept of a template, if it is of this one, and whole."""
        with suppress(OSError):
            kept = read_file(_place(bucket))
            code = kept[_DIGEST:]
            if kept[:_DIGEST] == _digest(bucket, code):
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what a template was compiled to."""
        if not sys.dont_write_bytecode:
            code = marshal.dumps(bucket.code)
            with suppress(OutputError):
                replace_together([(_place(bucket), _digest(bucket, code) + code)])


def _digest(bucket: Bucket, code: bytes) -> bytes:
    return hashlib.sha256(bucket.checksum.encode() + code).digest()


def _options(environment: Environment) -> str:
    """What decides how a template is compiled."""
    given = (
        jinja2.__version__,
        sys.implementation.cache_tag,
        environment.sandboxed,
        environment.optimized,
        environment.trim_blocks,
        environment.lstrip_blocks,
        environment.keep_trailing_newline,
        sorted(getattr(environment, "intercepted_binops", ())),
        sorted(environment.filters),
        sorted(environment.tests),
    )
    return repr(given)


def _place(bucket: Bucket) -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name(f"template-{bucket.key}.py"))))
