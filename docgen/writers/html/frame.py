"""The frame of the page, `theme/page.html.j2`: the only template that is HTML itself, and so escapes what it prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import TracebackType

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from docgen.problems import Origin, Problem, WriterError

_UNREAD = "skabelonen kan ikke læses: noget mangler på linjen, eller er for meget"
PAGE = "theme/page.html.j2"
_ENVIRONMENT = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def fault(path: str, line: int, message: str, hint: str = "") -> WriterError:
    """What is wrong in a file of the templates folder, as an error to raise; `line` 0 = the whole file."""
    return WriterError([Problem(Origin(f"templates/{path}", line), message, hint)])


def text_file(files: Mapping[str, bytes], path: str) -> str:
    """A text file of the templates folder. Raises `WriterError` where it is missing or is not UTF-8."""
    try:
        return files[path].decode("utf-8-sig").replace("\r\n", "\n")
    except KeyError:
        raise fault(path, 0, "filen mangler", "hent den igen fra docgens skabeloner") from None
    except UnicodeDecodeError:
        raise fault(path, 0, "filen er ikke UTF-8", "gem den som UTF-8") from None


@lru_cache(maxsize=8)
def _template(source: str) -> Template:
    try:
        return _ENVIRONMENT.from_string(source)
    except TemplateSyntaxError as error:
        raise fault(PAGE, error.lineno, _UNREAD) from error


def render(source: str, **values: object) -> str:
    """The page that the frame's `source` (Jinja) gives with some values.

    Raises `WriterError` at the frame's line where it cannot be read or filled.
    """
    template = _template(source)
    try:
        return template.render(values) + "\n"
    except Exception as error:  # whatever the template does wrong, it is the template that must be mended
        message = f"skabelonen kan ikke udfyldes: {_reason(error)}"
        raise fault(PAGE, _template_line(error.__traceback__), message) from error


def _reason(error: Exception) -> str:
    if isinstance(error, SecurityError):
        return "den prøver at nå noget, som den ikke må"
    if isinstance(error, ZeroDivisionError):
        return "der divideres med nul"
    if isinstance(error, UndefinedError):
        name = re.search(r"'([^']*)' is undefined|has no attribute '([^']*)'", str(error))
        return f"'{name[1] or name[2]}' findes ikke" if name else "et navn findes ikke"
    return "en udregning går ikke op"


def _template_line(traceback: TracebackType | None) -> int:
    line = 0
    while traceback:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
