"""A stranger's source is made again in a process of its own: the same bytes, its problems told, and no more time."""

from __future__ import annotations

import io
import json
import os
import platform
import subprocess
import sys
import time
from base64 import b64encode
from ctypes import CDLL, c_long, c_size_t, c_uint32
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from docgen import pipeline
from docgen.cli.main import main
from docgen.kinds.registry import KINDS
from docgen.ledger import confined, shield
from docgen.ledger.rebuild import job_of_source, written_again
from docgen.ledger.shield import FILES, NETWORK
from docgen.ledger.words import hash_of, words
from docgen.problems import ContentError, DocgenError
from docgen.tree.document import Document
from docgen.tree.stored import encode_tree
from docgen.writers import formats
from tests.support.contents import POLICY, ROOT, repository, small_project

FORMATS = (formats.HTML, formats.DOCX)


def source(**changed: str) -> bytes:
    found = json.loads(pipeline.source_of(small_project(), POLICY))
    found["files"] |= {f"templates/{name}.md.j2": text for name, text in changed.items()}
    return json.dumps(found).encode()


@pytest.mark.slow
def test_the_same_bytes_as_in_this_process() -> None:
    fonts = small_project().font_directories
    made = confined.written_confined(source(), fonts, FORMATS)
    assert tuple(made) == ("html", "docx")
    assert made == written_again(source(), fonts, FORMATS)


def test_its_problems_are_told() -> None:
    with pytest.raises(DocgenError) as caught:
        confined.written_confined(source(policy="{{ findes_ikke }}"), (), (formats.HTML,))
    (problem,) = caught.value.problems
    assert str(problem).startswith("templates/policy.md.j2:1: 'findes_ikke' findes ikke")
    assert problem.hint


def answered(monkeypatch: pytest.MonkeyPatch, data: bytes, **question: Any) -> dict[str, Any]:
    """What the process answers to a question, without a process: nothing is given up here."""
    asked = {"fonts": (), "formats": None, "kinds": [], "source": b64encode(data).decode(), **question}
    given, said = io.BytesIO(json.dumps(asked).encode()), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=said))
    monkeypatch.setattr(confined, "give_up", lambda readable, writable: [writable, *readable[-1:]])
    confined.answer()
    monkeypatch.undo()
    found: dict[str, Any] = json.loads(said.getvalue())
    assert found.pop("unshielded") == [str(Path.cwd()), "/usr/share/zoneinfo"]
    return found


def test_it_answers_what_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    own = source()
    job = job_of_source(own, (), KINDS)
    assert answered(monkeypatch, own) == {"problems": [], "version": "1.0", "words": hash_of(words(own, KINDS))}
    assert answered(monkeypatch, own, tree=True) == {
        "problems": [],
        "tree": b64encode(encode_tree(job.tree)).decode(),
        "edition": "public",
    }
    made = answered(monkeypatch, own, formats=["html", "xyzzy"])
    (page,) = written_again(own, (), (formats.HTML,)).values()
    assert made == {"problems": [], "files": {"html": b64encode(page).decode()}}
    other = json.dumps({**json.loads(own), "document": "policy/xyzzy"}).encode()
    assert answered(monkeypatch, other) == {"problems": [], "version": "", "words": ""}


def test_it_answers_with_each_problem_and_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = source(policy="\n{{ findes_ikke }}")
    (told,) = answered(monkeypatch, broken, formats=["html"])["problems"]
    assert told["origin"] == ["templates/policy.md.j2", 2, 0]
    assert told["message"] == "'findes_ikke' findes ikke"
    assert told["hint"]


def test_it_may_read_modules_and_fonts_and_of_docgens_own_folder_docgen_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT), "/et/sted"])
    found = confined._readable(("/skrifter",))
    assert found[:4] == [str(Path(confined.__file__).parents[1]), "/et/sted", "/skrifter", f"{sys.base_prefix}/lib"]
    assert [path for path in ("/lib", "/usr/lib", "/etc/ld.so.cache", "/dev/urandom") if path not in found] == []


@pytest.mark.slow
def test_it_is_given_up_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 0.3)
    started = time.monotonic()
    with pytest.raises(ContentError) as caught:
        confined.written_confined(source(policy="{% for a in 'xxxxxxxxxx' %}" * 12 + "{% endfor %}" * 12), (), FORMATS)
    assert time.monotonic() - started < 10
    hint = "prøv igen på en maskine med mere plads, eller brug filen, som den ligger i protokollen"
    assert [str(problem) for problem in caught.value.problems] == [
        f"kilde.json: kilden tager for megen tid eller plads; {hint}"
    ]


TRY = """
import json, os, socket, sys
from pathlib import Path
from docgen.ledger.confined import _readable
from docgen.ledger.shield import give_up
sys.stdout.write("")
folder = os.getcwd()
lacking = give_up(_readable(()), folder)
refused = []
def tried(name, action):
    try:
        action()
    except OSError:
        refused.append(name)
tried("secret", Path(sys.argv[1]).read_bytes)
tried("passwd", Path("/etc/passwd").read_bytes)
tried("list", lambda: os.listdir(Path(sys.argv[1]).parent))
tried("write", lambda: Path(sys.argv[1]).write_bytes(b"x"))
tried("remove", lambda: os.remove(sys.argv[1]))
tried("start", lambda: os.execv("/bin/true", ["true"]))
for family in ("AF_INET", "AF_INET6", "AF_UNIX"):
    tried(family, lambda: socket.socket(getattr(socket, family)))
tried("own", lambda: Path(folder, "x").write_bytes(b"x"))
import docgen.pipeline, decimal, zoneinfo
print(json.dumps([lacking, refused]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be given up here, and that is said")
def test_it_has_neither_network_nor_files(tmp_path: Path) -> None:
    secret = tmp_path / "content/cases/lukket.yaml"
    secret.parent.mkdir(parents=True)
    secret.write_text("lukket")
    (tmp_path / "tom").mkdir()
    command = [sys.executable, "-c", TRY, str(secret)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path / "tom", env=environment, capture_output=True, text=True, timeout=60)
    lacking, refused = json.loads(done.stdout)
    files = ["secret", "passwd", "list", "write", "remove", "start"] if FILES not in lacking else []
    network = ["AF_INET", "AF_INET6", "AF_UNIX"] if NETWORK not in lacking else []
    assert refused == [*files, *network]
    offered = CDLL(None).syscall(c_long(444), None, c_size_t(0), c_uint32(1)) >= 1  # landlock(7), its version
    assert (FILES not in lacking) is offered, "what the system offers is taken"


class Kernel:
    """A system's calls, which succeed but those that are named; `asked` are their first words."""

    def __init__(self, *fails: str, rules: int = 4) -> None:
        self.fails, self.rules, self.asked = fails, rules, list[str]()

    def _told(self, name: str, good: int = 0) -> int:
        self.asked.append(name)
        return -1 if name in self.fails else good

    def prctl(self, what: int, *more: object) -> int:
        return self._told({38: "no new rights", 22: "filter"}[what])

    def unshare(self, what: int) -> int:
        return self._told(f"unshare {what:x}")

    def syscall(self, number: Any, *more: Any) -> int:
        name = {444: "rules", 445: "allow", 446: "restrict"}[number.value]
        if name == "rules" and more[0] is None:
            return self._told("version", self.rules)
        return self._told(name, 9_999 if name == "rules" else 0)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing can be given up here, and that is said")
@pytest.mark.parametrize(
    ("kernel", "machine", "lacking"),
    [
        (Kernel(), "x86_64", ()),
        (Kernel(), "aarch64", ()),
        (Kernel("no new rights"), "x86_64", (NETWORK, FILES)),
        (Kernel("filter"), "x86_64", ()),
        (Kernel("filter", "unshare 50000000"), "x86_64", (NETWORK,)),
        (Kernel(), "riscv64", ()),
        (Kernel("unshare 50000000"), "riscv64", (NETWORK,)),
        (Kernel(rules=0), "x86_64", (FILES,)),
        (Kernel(rules=-1), "x86_64", (FILES,)),
        (Kernel(rules=1), "x86_64", ()),
        (Kernel("rules"), "x86_64", (FILES,)),
        (Kernel("restrict"), "x86_64", (FILES,)),
    ],
)
def test_what_a_system_does_not_let_go_is_told(
    kernel: Kernel, machine: str, lacking: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shield, "CDLL", lambda *_, **__: kernel)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    closed: list[int] = []
    monkeypatch.setattr(os, "close", closed.append)
    assert shield.give_up([str(tmp_path / "ikke-her")], str(tmp_path)) == lacking
    monkeypatch.undo()
    allowed = kernel.asked.count("allow")
    assert allowed == (1 if "restrict" in kernel.asked else 0), "of what is there"
    assert (9_999 in closed) is ("restrict" in kernel.asked)
    for number in set(closed) - {9_999}:
        os.close(number)


@pytest.mark.slow
def test_what_is_not_given_up_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pipeline.write(small_project(), tree(), formats.PDF))
    arguments = ["verify", str(tmp_path / "x.pdf"), "--content", str(tmp_path)]
    monkeypatch.setattr(confined, "_PROGRAM", confined._PROGRAM.replace("answer()", SAYING))
    told = CliRunner().invoke(main, arguments).stdout
    assert "-   afskærmning: dette system kan ikke tage netværk og filer fra processen, der læser filen" in told


SAYING = "import docgen.ledger.confined as it; it.give_up = lambda *_: ('netværk', 'filer'); answer()"


def tree() -> Document:
    return pipeline.build_tree(small_project(), POLICY)


@pytest.mark.slow
def test_charts_are_made_there_too() -> None:
    """What draws them keeps a list of fonts in a file, and asks for the hour."""
    project = repository()
    source = pipeline.source_of(project, "follow-up/2024")
    made = confined.written_confined(source, project.font_directories, (formats.HTML,))
    assert made == written_again(source, project.font_directories, (formats.HTML,))
