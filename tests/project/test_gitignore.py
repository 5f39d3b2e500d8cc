"""What git leaves out, held against git itself."""

import os
import random
import subprocess
from pathlib import Path

import pytest

from promptgauge.config import Configurations
from promptgauge.project.walk import Walk

FILES = [
    "a.md",
    "b.txt",
    "keep.md",
    "#x",
    "!y",
    "sp ace ",
    "docs/a.md",
    "docs/keep.md",
    "docs/old/a.md",
    "docs/old/b.txt",
    "docs/old/docs/a.md",
    "build/out/a.md",
    "build/keep.md",
    "src/docs/b.txt",
    "src/build",
    "src/a-b.md",
    "src/[x].md",
]
PIECES = [
    "*", "*/", "**", "**/", "/*", "*.md", "!*.md", "*.txt", "a.md", "/a.md", "!a.md", "docs", "docs/", "/docs/",
    "!docs/", "!docs", "docs/*", "docs/**", "!docs/**", "docs/**/a.md", "**/docs", "**/old/", "**/keep.md",
    "!keep.md", "build", "build/", "!build/", "/build", "src/build", "build/out", "out", "old/*", "!old/a.md",
    "?.md", "[ab].*", "[!a].md", "[^b]*.md", "[a-c].md", "a[-]b.md", "a-b.md", r"\[x\].md", "[[]x].md",
    "[[:alpha:]].txt", "[z-a].md", "[a", "a\\", r"\#x", "#x", r"\!y", r"sp\ ace\ ", "sp ace ", "b.txt   ", "", "/",
    "//", "src/**/*.md", "docs/old/**/a.md", "*/a.md", "*/*/a.md", "!*/", "!/docs/old/", "[]x].md", "[x-]",
    "[[:nope:]]*",
]  # fmt: skip
FOLDERS = ["", "docs", "docs/old", "src"]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the files, whatever repository the tests are run from."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for file in FILES:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def walked(top: Path) -> list[str]:
    """The files that a walk finds, from `top`, without the ignore files."""
    problems: list[object] = []
    walk = Walk(str(top), Configurations(top), lambda *problem: problems.append(problem), problems.append)
    found = [os.path.relpath(file.path, top).replace(os.sep, "/") for file in walk.files()]
    assert not problems
    return sorted(name for name in found if not name.endswith(".gitignore"))


def left_by_git(top: Path) -> list[str]:
    """The files that git does not ignore."""
    ran = subprocess.run(
        ["git", "-c", "core.excludesFile=", "check-ignore", "--no-index", "--stdin", "-z"],
        cwd=top, input="\0".join(FILES), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr
    return sorted(set(FILES) - set(ran.stdout.split("\0")))


def write(tree: Path, chance: random.Random) -> dict[str, str]:
    """Random ignore files in random folders, and what they say."""
    said = {}
    for folder in FOLDERS:
        file = tree / folder / ".gitignore"
        file.unlink(missing_ok=True)
        if folder == "" or chance.random() < 0.5:
            lines = chance.choices(PIECES, k=chance.randint(1, 5))
            said[folder] = chance.choice(["\n", "\r\n"]).join(lines)
            file.write_bytes(said[folder].encode())
    return said


def test_random_ignore_files_leave_out_what_git_leaves_out(tree: Path) -> None:
    chance = random.Random(20)
    for _ in range(int(os.environ.get("IGNORE_ROUNDS", "60"))):
        said = write(tree, chance)
        assert left_by_git(tree) == walked(tree), said


@pytest.mark.parametrize("pattern", PIECES)
def test_each_pattern_alone_leaves_out_what_git_leaves_out(tree: Path, pattern: str) -> None:
    (tree / ".gitignore").write_text(pattern)
    assert left_by_git(tree) == walked(tree)


def test_the_exclude_file_of_the_repository_counts_and_ignore_files_go_before_it(tree: Path) -> None:
    (tree / ".git/info/exclude").write_text("*.md\n*.txt\n")
    (tree / "docs/.gitignore").write_text("!a.md\n")
    assert left_by_git(tree) == walked(tree)


def test_a_byte_order_mark_is_no_part_of_the_first_pattern(tree: Path) -> None:
    (tree / ".gitignore").write_bytes(b"\xef\xbb\xbf*.md\r\n")
    assert left_by_git(tree) == walked(tree)


def test_ignore_files_above_the_walked_folder_count_up_to_the_root_of_the_repository(tree: Path) -> None:
    (tree / ".gitignore").write_text("/docs/old/a.md\n")
    assert ["b.txt", "docs/a.md"] == walked(tree / "docs/old")


def test_a_folder_that_git_ignores_is_walked_when_it_is_named(tree: Path) -> None:
    (tree / ".gitignore").write_text("build/\n")
    assert ["keep.md", "out/a.md"] == walked(tree / "build")


def test_ignore_files_count_without_a_repository_but_none_from_above_the_walk(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("b.md\n")
    (tmp_path / "top").mkdir()
    (tmp_path / "top/.gitignore").write_text("a.md\n")
    (tmp_path / "top/a.md").touch()
    (tmp_path / "top/b.md").touch()
    assert ["b.md"] == walked(tmp_path / "top")


def test_a_repository_in_the_walk_starts_anew(tree: Path) -> None:
    (tree / ".gitignore").write_text("a.md\n")
    subprocess.run(["git", "init", "-q", tree / "docs"], check=True)
    assert "docs/a.md" in walked(tree)
    assert "a.md" not in walked(tree)


def test_a_linked_work_tree_shares_the_exclude_file(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    linked = tmp_path_factory.mktemp("linked") / "tree"
    git = ["git", "-C", str(tree), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    subprocess.run([*git, "worktree", "add", "-q", str(linked)], check=True)
    (tree / ".git/info/exclude").write_text("secret.md\n")
    (linked / "secret.md").touch()
    (linked / "open.md").touch()
    assert ["open.md"] == walked(linked)


def test_an_ignore_file_that_cannot_be_read_is_passed_by(tree: Path) -> None:
    (tree / ".gitignore").mkdir()
    assert "a.md" in walked(tree)
