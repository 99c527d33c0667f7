"""A session: what it shows is what a build would make, however often the files change."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen import remembering
from docgen.build.folders import read_project
from docgen.document_id import parse_id
from docgen.kinds.edition import Edition
from docgen.pipeline import Job, theme_of
from docgen.project import Project
from docgen.studio import places
from docgen.studio.answers import finding_answers, place_answer
from docgen.studio.drafts import Drafts, Typed
from docgen.studio.saving import Saver
from docgen.studio.session import FINGERPRINT, Session
from docgen.studio.sheets import SheetStore
from docgen.studio.workspace import Workspace
from docgen.writers.html.writer import write_document
from docgen.writers.marks import Marks
from tests.support.contents import ROOT, document_ids, ids_of, repository, tree_of
from tests.support.effort import tries
from tests.support.examples_project import examples
from tests.support.studio import (
    CASE,
    CASE_FILE,
    FOLLOW_UP,
    FOLLOW_UP_FILE,
    POLICY,
    POLICY_FILE,
    edit,
)


def _cold(folder: Path, id: str) -> bytes:
    """The page as it is made of the files alone, with nothing remembered."""
    project = read_project(folder / "content", folder / "templates")
    tree = Job(project, id, fingerprint=FINGERPRINT).tree
    return write_document(tree, theme_of(project, tree), project.template_files, Marks())


@pytest.mark.slow
@pytest.mark.parametrize(("id", "file"), [(CASE, CASE_FILE), (POLICY, POLICY_FILE), (FOLLOW_UP, FOLLOW_UP_FILE)])
def test_after_any_edit_the_page_is_as_if_nothing_was_remembered(
    folder: Path, session: Session, id: str, file: str
) -> None:
    path, dice = folder / "content" / file, random.Random(file)
    first, seen = path.read_bytes(), set()
    for _ in range(tries(18)):
        text = first.decode()
        words = list(re.finditer(r"(?<=[a-zæøå] )[a-zæøå]{5,}(?= [a-zæøå])", text))
        word = dice.choice(words)
        path.write_text(text[: word.start()] + "hverdag" + text[word.end() :], "utf-8")
        assert session.refresh() == (f"content/{file}",)
        view = session.view(id, Edition.PUBLIC)
        seen.add(view.html)
        if not view.problems:
            remembering.end()
            try:
                assert view.html == _cold(folder, id)
            finally:
                remembering.begin()
    path.write_bytes(first)
    session.refresh()
    assert session.view(id, Edition.PUBLIC).html == _cold(folder, id)
    assert len(seen) > 1


def test_a_save_is_one_change_however_it_is_written(folder: Path, session: Session) -> None:
    workspace = session.workspace
    assert workspace.refresh() == ()
    version = workspace.version
    for name in (CASE_FILE, POLICY_FILE, FOLLOW_UP_FILE):
        path = folder / "content" / name
        path.write_bytes(path.read_bytes() + b"# 1\n")
    assert len(workspace.refresh()) == 3
    assert workspace.version == version + 1
    assert workspace.refresh() == ()
    path = folder / "content" / CASE_FILE
    path.with_suffix(".tmp").write_bytes(path.read_bytes() + b"# 2\n")  # as editors save: another file in its place
    path.with_suffix(".tmp").replace(path)
    assert workspace.refresh() == (f"content/{CASE_FILE}",)
    (folder / "content" / ".skjult.yaml.swp").write_bytes(b"x")
    assert workspace.refresh() == ()


def test_what_is_saved_here_is_whole_and_waited_for_by_nobody(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    saver = Saver(session, Drafts(session))
    title = session.project.content.documents[parse_id(POLICY)].title  # type: ignore[attr-defined]
    saver.save(Typed(f"content/{POLICY_FILE}", ("title",), title, "En anden titel"))
    assert session.refresh() == (f"content/{POLICY_FILE}",)
    assert waited == []
    saver.save(Typed(f"content/{POLICY_FILE}", ("title",), "En anden titel", "En tredje titel"))
    edit(folder / "content" / CASE_FILE, "Vedtagelse", "Vedtagelze")  # another program: it may be writing still
    assert set(session.refresh()) == {f"content/{POLICY_FILE}", f"content/{CASE_FILE}"}
    assert waited


def test_pages_of_before_are_let_go_of_and_those_that_are_shown_are_kept(folder: Path, session: Session) -> None:
    sheets = SheetStore(most=1)
    before = sheets.answer(session.view(CASE, Edition.PUBLIC))["pages"]
    assert all(sheets.page(name) for name in before)
    edit(folder / "content" / CASE_FILE, "Vedtagelse", "Vedtagelze")
    session.refresh()
    now = sheets.answer(session.view(CASE, Edition.PUBLIC))["pages"]
    assert all(sheets.page(name) for name in now)
    gone = [name for name in before if name not in now]
    assert gone
    assert not any(sheets.page(name) for name in gone)


def test_the_same_size_and_second_is_seen_too(folder: Path, session: Session) -> None:
    path = folder / "content" / CASE_FILE
    edit(path, "Vedtagelse", "Vedtagelze")
    assert session.refresh() == (f"content/{CASE_FILE}",)
    assert "Vedtagelze" in session.view(CASE, Edition.PUBLIC).title


def test_a_fault_leaves_the_last_good_document_and_is_told(folder: Path, session: Session) -> None:
    good = session.view(CASE, Edition.PUBLIC)
    path = folder / "content" / CASE_FILE
    text = path.read_text("utf-8")
    path.write_text(text.replace("title:", "titel:", 1), "utf-8")
    session.refresh()
    view = session.view(CASE, Edition.PUBLIC)
    assert view.html == good.html
    assert [problem.message for problem in view.problems] == ["feltet 'titel' kendes ikke"]
    assert view.problems[0].origin.file == f"{folder.as_posix()}/content/{CASE_FILE}"
    path.write_text(text, "utf-8")
    session.refresh()
    assert session.view(CASE, Edition.PUBLIC).problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["settings.yaml", "organisation.yaml"])
def test_a_fault_in_what_all_share_is_told_of_each_document(folder: Path, session: Session, broken: str) -> None:
    session.view(CASE, Edition.PUBLIC)
    path = folder / "content" / broken
    text = path.read_text("utf-8")
    path.write_text("ukendt: 1\n" + text, "utf-8")
    session.refresh()
    view = session.view(CASE, Edition.PUBLIC)
    assert view.html
    assert any("ukendt" in problem.message for problem in view.problems)
    path.write_text(text, "utf-8")
    session.refresh()
    assert not session.view(CASE, Edition.PUBLIC).problems


def test_a_template_and_a_theme_are_followed_too(folder: Path, session: Session) -> None:
    before = session.view(CASE, Edition.PUBLIC).html
    edit(folder / "templates" / "theme" / "style.css", "{", "{ --anden: 1;")
    session.refresh()
    assert session.view(CASE, Edition.PUBLIC).html != before
    (folder / "templates" / "case.md.j2").write_bytes(b"{{ findes_ikke }}")
    session.refresh()
    view = session.view(CASE, Edition.PUBLIC)
    assert view.html
    assert "findes_ikke" in str(view.problems[0])


def test_a_folder_that_goes_and_comes_back_is_no_end(folder: Path, session: Session) -> None:
    session.view(CASE, Edition.PUBLIC)
    (folder / "content").rename(folder / "væk")
    session.refresh()
    assert session.view(CASE, Edition.PUBLIC).problems
    (folder / "væk").rename(folder / "content")
    session.refresh()
    assert not session.view(CASE, Edition.PUBLIC).problems


def test_documents_come_and_go(folder: Path, session: Session) -> None:
    path = folder / "content" / "cases" / "en-ny.yaml"
    with pytest.raises(KeyError):
        session.view("case/en-ny", Edition.PUBLIC)
    shutil.copy(folder / "content" / CASE_FILE, path)
    session.refresh()
    assert session.view("case/en-ny", Edition.PUBLIC).html
    path.unlink()
    session.refresh()
    with pytest.raises(KeyError):
        session.view("case/en-ny", Edition.PUBLIC)


@pytest.mark.parametrize("name", ["", "x", "policy/findes-ikke", "case/../settings", f"{CASE}/x", "case//", "x/y"])
def test_what_there_is_not_is_a_key_error(session: Session, name: str) -> None:
    with pytest.raises(KeyError):
        session.view(name, Edition.PUBLIC)


@pytest.mark.slow
def test_before_and_what_changed_since(folder: Path, session: Session) -> None:
    first = session.view(CASE, Edition.PUBLIC)
    path = folder / "content" / CASE_FILE
    for number in (1, 2, 3):
        edit(path, "title: ", f"title: Ord{number} ")
        session.refresh()
    saves = [save.number for save in session.workspace.saves]
    assert len(saves) == 3
    assert session.view_before(CASE, Edition.PUBLIC, saves[0]).html == first.html
    assert session.view_before(CASE, Edition.PUBLIC, saves[2]).title.startswith("Ord2 Ord1")
    changed = session.changes_since(CASE, Edition.PUBLIC, saves[1]).html.decode()
    assert re.search(r"<ins>.*Ord3 Ord2", changed)
    with pytest.raises(KeyError):
        session.view_before(CASE, Edition.PUBLIC, 99)


def test_the_internal_edition_says_so_and_the_public_one_does_not(session: Session) -> None:
    assert "INTERN UDGAVE" in session.view(CASE, Edition.INTERNAL).html.decode()
    assert "INTERN UDGAVE" not in session.view(CASE, Edition.PUBLIC).html.decode()


def test_findings_are_told_where_they_stand_and_read_again_only_when_they_must(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / "content" / CASE_FILE, "Vedtagelse", "Vedtagelsze")
    session.refresh()
    (finding,) = session.findings(CASE)
    view = session.view(CASE, Edition.PUBLIC)
    (told,) = finding_answers(session, view, [finding])
    assert (told["words"], told["right"], told["file"]) == ("Vedtagelsze", "Vedtagelse", f"content/{CASE_FILE}")
    assert [view.places[mark - 1].path for mark in told["marks"]] == [("title",)] * len(told["marks"])
    assert told["marks"]
    monkeypatch.setattr("docgen.studio.session.read_content_in_steps", lambda *args, **more: pytest.fail("read again"))
    path = folder / "content" / FOLLOW_UP_FILE
    path.write_bytes(path.read_bytes() + b"# en anden fil\n")
    session.refresh()
    assert session.findings(CASE) == (finding,)


# -- marks ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("id", document_ids())
def test_without_marks_the_page_is_as_it_is_built_and_with_them_it_says_the_same(id: str) -> None:
    project, tree = repository(), tree_of(id)
    theme, files = theme_of(project, tree), project.template_files
    built = write_document(tree, theme, files).decode()
    marks = Marks()
    marked = write_document(tree, theme, files, marks).decode()
    assert "data-o" not in built
    bare = re.sub(r' data-o="\d+"', "", marked)
    assert _without_bare_spans(bare) == _without_bare_spans(built)
    numbers = {int(number) for number in re.findall(r'data-o="(\d+)"', marked)}
    assert numbers == set(range(1, len(marks.places) + 1))


def _without_bare_spans(page: str) -> str:
    """A page without the spans that have no attributes, whose ends are found by counting."""
    parts, opened = [], []
    for part in re.split(r"(<span\b[^>]*>|</span>)", page):
        if part.startswith("<span"):
            opened.append(part != "<span>")
            parts.append(part if opened[-1] else "")
        elif part == "</span>":
            parts.append(part if opened.pop() else "")
        else:
            parts.append(part)
    return "".join(parts)


_SHARES = {"policy": 0.98, "guide": 0.98, "case": 0.95, "meeting": 0.95, "follow-up": 0.85}
"""Of the letters in the text of a page, those that lead to a field; the rest are the template's words."""


@pytest.mark.slow
@pytest.mark.parametrize("project", [repository, examples], ids=["repository", "examples"])
@pytest.mark.parametrize("edition", Edition)
def test_most_of_what_is_shown_has_a_field(project: Callable[[], Project], edition: Edition) -> None:
    few = {}
    for id in ids_of(project()):
        tree, marks = Job(project(), id, edition).tree, Marks()
        page = write_document(tree, theme_of(project(), tree), project().template_files, marks).decode()
        shown = known = 0
        for number, words in _texts(page):
            shown += len(words)
            known += len(words) * bool(number and marks.places[number - 1].file.startswith("content/"))
        if known < _SHARES[id.partition("/")[0]] * shown:
            few[id] = known / shown
    assert few == {}


def _texts(page: str) -> Iterator[tuple[int, str]]:
    """Each stretch of text in the main part of a page, with the number of the innermost mark around it."""
    body = page[page.index("<main") : page.index("</main>")]
    marks: list[int] = []
    for tag, words in re.findall(r"(<[^>]*>)|([^<]+)", body):
        if words.strip():
            yield next((mark for mark in reversed(marks) if mark), 0), words.strip()
        elif tag.startswith("</"):
            marks.pop()
        elif tag and not re.match(r"<(?:br|img|meta|col\b|hr|!)", tag):
            found = re.search(r'data-o="(\d+)"', tag)
            marks.append(int(found[1]) if found else 0)


@pytest.mark.slow
@pytest.mark.parametrize("id", [CASE, POLICY, FOLLOW_UP])
def test_a_click_on_a_word_leads_to_the_line_that_holds_it(folder: Path, session: Session, id: str) -> None:
    view, dice = session.view(id, Edition.PUBLIC), random.Random(id)
    texts = [(number, words) for number, words in _texts(view.html.decode()) if number and re.search(r"\w{5,}", words)]
    exact = tried = 0
    for number, words in dice.sample(texts, min(60, len(texts))):
        word = dice.choice(list(re.finditer(r"[\wæøåÆØÅ]{5,}", words)))
        told = place_answer(session, view, number, word[0], words[: word.start()])
        origin = view.places[number - 1]
        assert (told["file"], bool(told["line"])) == (origin.file, True)
        assert told["link"].startswith("vscode://file/")
        scalar = places.scalar_at(session.project.content, origin)
        if scalar is not None and word[0] in scalar:  # else the words are computed of the field, and it is told
            tried += 1
            lines = (folder / origin.file).read_text("utf-8").split("\n")
            exact += lines[told["line"] - 1][told["column"] - 1 :].startswith(word[0])
    assert tried > 20
    assert exact == tried


def test_a_click_in_a_file_with_the_line_ends_of_windows_leads_to_the_letter(folder: Path, session: Session) -> None:
    path = folder / "content" / CASE_FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    session.refresh()
    view = session.view(CASE, Edition.PUBLIC)
    assert not view.problems
    number = next(number for number, origin in enumerate(view.places, 1) if origin.path == ("summary",))
    told = place_answer(session, view, number, "ligestillede", "ambitioner i fem ")
    line = path.read_bytes().decode().split("\r\n")[told["line"] - 1]
    assert line[told["column"] - 1 :].startswith("ligestillede")


@pytest.mark.slow
@pytest.mark.parametrize("name", [f"content/{CASE_FILE}", "templates/case.md.j2"])
def test_a_file_that_another_program_holds_is_read_when_it_lets_go(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As on Windows while a program saves: nothing of the file is another when it can be read again."""
    good, path = session.view(CASE, Edition.PUBLIC), folder / name
    path.write_bytes(path.read_bytes().replace(b"Vedtagelse", b"Afstemning", 1) + b"\n")
    held = True

    def read(place: Path) -> bytes:
        if held and place == path:
            raise PermissionError(13, "Permission denied")
        return place.read_bytes()

    monkeypatch.setattr("docgen.folder.read_file", read)
    session.refresh()
    view = session.view(CASE, Edition.PUBLIC)
    assert view.html == good.html
    assert "kan ikke læses" in str(view.problems[0])
    assert session.refresh() == ()
    held = False
    assert session.refresh() == (name,)
    assert session.view(CASE, Edition.PUBLIC).problems == ()
    assert session.refresh() == ()


def test_the_second_of_two_equal_words_leads_to_the_second(session: Session, folder: Path) -> None:
    (folder / "content" / CASE_FILE).write_text(
        (folder / "content" / CASE_FILE)
        .read_text("utf-8")
        .replace("title: ", "title: Plan for skole A og plan for skole B, ", 1),
        "utf-8",
    )
    session.refresh()
    view = session.view(CASE, Edition.PUBLIC)
    number = next(n for n, origin in enumerate(view.places, 1) if origin.path == ("title",))
    one = place_answer(session, view, number, "skole", "Plan for ")
    other = place_answer(session, view, number, "skole", "Plan for skole A og plan for ")
    assert other["column"] - one["column"] == len("skole A og plan for ")


def test_links_open_any_file_on_any_system() -> None:
    from pathlib import PurePosixPath, PureWindowsPath

    assert places.editor_link(PurePosixPath("/hjem/a b/ø#?.yaml"), 3, 5) == (
        "vscode://file/hjem/a%20b/%C3%B8%23%3F.yaml:3:5"
    )
    assert places.editor_link(PureWindowsPath("C:\\Sager\\x.yaml"), 3, 0) == "vscode://file/C:/Sager/x.yaml:3:1"
    assert places.editor_link(PurePosixPath("/x.yaml"), 0, 0) == "vscode://file/x.yaml"


def test_search_finds_words_in_texts(session: Session) -> None:
    assert str(session.search("BORGERREPRÆSENTATIONEN vedtog")[0]).startswith("case/")
    assert session.search("findesikkenogetsteds") == []
    assert session.search(" ") == []


def test_a_workspace_without_a_folder_tells_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "content", tmp_path / "templates")
    workspace.refresh()
    assert "mappen findes ikke" in str(workspace.problems[0])
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "content").mkdir()
    workspace.refresh()
    assert workspace.project is not None
