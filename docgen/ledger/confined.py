"""Makes a document of a source that a stranger gave, in a process of its own that cannot take all time and memory.

An embedded source holds templates and a layout program too: they reach nothing outside, but they can go on for ever.
The process begins with its limits, in an empty folder, with none of this one's environment and without the current
folder on its import path; it can write no large file. Where the system lets it (`docgen.ledger.shield`), it has no
network and no file but its modules and fonts either; where not, it says so.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.ledger.rebuild import job_of_source, written_again
from docgen.ledger.shield import give_up
from docgen.ledger.words import hash_of, words
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.structs import to_builtins
from docgen.tree.document import Document
from docgen.tree.stored import decode_tree, encode_tree
from docgen.writers.formats import FORMATS, Format

SECONDS = 60.0
"""How long it may take."""
MEGABYTES = 2000
"""How much memory it may have, where the system can hold a process to that (not Windows)."""

_PROGRAM = """
import sys
seconds, megabytes, module, *paths = sys.argv[1:]
try:
    import resource
except ImportError:  # Windows; there the time is the limit
    pass
else:
    for what, limit in (
        (resource.RLIMIT_AS, int(megabytes) * 1_000_000),
        (resource.RLIMIT_CPU, int(float(seconds)) + 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 5_000_000),  # libraries keep lists in the empty folder
    ):
        resource.setrlimit(what, (limit, limit))
sys.path[:] = paths
import importlib
answer = importlib.import_module(module).answer
answer()
"""
"""What the process runs: its limits first, before anything else is loaded. Nothing of the source stands in it."""


Telling = Callable[[Iterable[str]], object]


def _nobody(lacking: Iterable[str]) -> None:
    """Tells nobody."""


def written_confined(
    source: bytes,
    fonts: tuple[str, ...],
    formats: Sequence[Format],
    kinds: Mapping[str, Kind] = KINDS,
    tell: Telling = _nobody,
) -> Mapping[str, bytes]:
    """As `docgen.ledger.rebuild.written_again`, for the registered formats and kinds. Raises DocgenError also where it
    takes too much time or memory. `tell` is told what this system could not take from the process."""
    found = _ask({"fonts": fonts, "formats": [format.name for format in formats]}, source)
    tell(found["unshielded"])
    return {name: b64decode(data) for name, data in found["files"].items()}


def said_confined(source: bytes) -> tuple[str, str]:
    """The version that a source says it is, and the hash of its words. Raises as `written_confined`."""
    found = _ask({"fonts": (), "formats": None}, source)
    return str(found["version"]), str(found["words"])


def tree_confined(source: bytes, fonts: tuple[str, ...]) -> tuple[Document, Edition]:
    """The tree of the document that a source holds, and its edition. Raises as `written_confined`."""
    found = _ask({"fonts": fonts, "formats": None, "tree": True}, source)
    return decode_tree(b64decode(found["tree"])), Edition(found["edition"])


def _ask(question: Mapping[str, Any], source: bytes) -> dict[str, Any]:
    """The answer of a process of its own. Raises DocgenError for what is wrong, and where there is no answer."""
    hint = "prøv igen på en maskine med mere plads, eller brug filen, som den ligger i protokollen"
    unanswered = Problem(Origin("kilde.json"), "kilden tager for megen tid eller plads", hint)
    return ask_confined(__name__, {**question, "kinds": list(_from_elsewhere())}, source, unanswered)


def ask_confined(module: str, question: Mapping[str, Any], source: bytes, unanswered: Problem) -> dict[str, Any]:
    """What the function `answer` of a module says to a question about what a stranger gave, in a process of its own
    (`read_question`, `write_answer`). Raises DocgenError with what it finds wrong, or `unanswered` where it has no
    answer.
    """
    given = json.dumps({**question, "source": b64encode(source).decode()}).encode()
    command = [sys.executable, "-I", "-c", _PROGRAM, str(SECONDS), str(MEGABYTES), module, *_import_path()]
    # Python itself needs these on Windows; nothing else of the environment is anybody's concern there.
    environment = {name: value for name in ("SYSTEMROOT", "TEMP") if (value := os.environ.get(name))}
    with tempfile.TemporaryDirectory(prefix="docgen-") as empty:
        environment |= dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), empty)
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with subprocess.Popen(
            command, cwd=empty, env=environment, stdin=pipe, stdout=pipe, stderr=nothing
        ) as process:  # whatever it has not read yet is closed with it
            try:
                output, _ = process.communicate(given, timeout=SECONDS)
            except subprocess.TimeoutExpired:
                output = b""
            finally:
                process.kill()
    try:
        found: dict[str, Any] = json.loads(output)
        problems = [Problem(Origin(*each["origin"]), each["message"], each["hint"]) for each in found["problems"]]
    except (ValueError, KeyError, TypeError):
        raise ContentError([unanswered]) from None
    if problems:
        raise DocgenError(problems)
    return found


def _from_elsewhere() -> Iterator[tuple[str, str]]:
    """Where the registered kinds are written that are not docgen's own: a module, and a name in it."""
    for kind in KINDS.values():
        module = str(getattr(kind.prepare, "__module__", ""))
        if module.partition(".")[0] != __name__.partition(".")[0] and module in sys.modules:
            yield from ((module, name) for name, value in vars(sys.modules[module]).items() if value is kind)


def _import_path() -> list[str]:
    """Where this process finds its modules, without the folder that it happens to run in, unless docgen lies there."""
    here, own = Path.cwd(), Path(__file__).parents[2]
    return [path for path in sys.path if path and (Path(path).resolve() != here or Path(path).resolve() == own)]


# -- in the other process -------------------------------------------------------------------------------------------


def answer() -> None:
    """Reads a question and answers it, each as JSON; what runs into a limit has no answer."""
    question = read_question()
    for module, name in question["kinds"]:  # this process's own, and no stranger's
        kind = getattr(importlib.import_module(module), name)
        KINDS[kind.name] = kind
    write_answer(question["fonts"], lambda: _answered(question, b64decode(question["source"])))


def read_question() -> dict[str, Any]:
    """The question that the process was asked."""
    found: dict[str, Any] = json.loads(sys.stdin.buffer.read())  # put together by docgen; the source is a string in it
    return found


def write_answer(fonts: Sequence[str], answered: Callable[[], Mapping[str, Any]]) -> None:
    """Answers with what is made, or with the problems, once the process has given up all that it does not need."""
    lacking = give_up(_readable(fonts), str(Path.cwd()))
    found: dict[str, Any] = {"problems": [], "unshielded": lacking}
    try:
        found |= answered()
    except DocgenError as error:
        found["problems"] = [
            {"origin": [to_builtins(each.origin.file), each.origin.line, each.origin.column], "message": each.message}
            | {"hint": each.hint}
            for each in error.problems
        ]
    sys.stdout.buffer.write(json.dumps(found).encode())


def _answered(question: Mapping[str, Any], source: bytes) -> dict[str, Any]:
    if question.get("tree"):
        job = job_of_source(source, tuple(question["fonts"]), KINDS)
        return {"tree": b64encode(encode_tree(job.tree)).decode(), "edition": job.edition.value}
    if question["formats"] is None:
        try:
            version = job_of_source(source, (), KINDS).prepared.version
            return {"version": str(version), "words": hash_of(words(source, KINDS))}
        except KeyError:
            return {"version": "", "words": ""}
    formats = [FORMATS[name] for name in question["formats"] if name in FORMATS]
    made = written_again(source, tuple(question["fonts"]), formats)
    return {"files": {name: b64encode(data).decode() for name, data in made.items()}}


def _readable(fonts: Sequence[str]) -> list[str]:
    """The folders that a process needs to read: modules, what they are linked with, and fonts. Of the folder that
    docgen lies in only docgen, for that may be a project, with all that is closed in it."""
    own = Path(__file__).parents[2]
    modules = [path if Path(path).resolve() != own or _is_installed(own) else str(own / "docgen") for path in sys.path]
    system = (
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        "/etc/ld.so.cache",
        "/dev/urandom",
        "/usr/share/zoneinfo",
    )
    return [*modules, *fonts, f"{sys.base_prefix}/lib", *system]


def _is_installed(folder: Path) -> bool:
    return folder.name in ("site-packages", "dist-packages")
