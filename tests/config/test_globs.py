"""Globs as a configuration uses them: the last pattern that matches a file, or a folder it lies in, decides."""

import pytest

from promptgauge.config.globs import Globs, glob_problem


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        (["*.j2"], "a.j2", True),
        (["*.j2"], "deep/down/a.j2", True),
        (["*.j2"], "a.j2.txt", False),
        (["/*.j2"], "deep/a.j2", False),
        (["prompts/"], "prompts/a.txt", True),
        (["prompts/"], "x/prompts/y/a.txt", True),
        (["prompts/"], "prompts", False),
        (["prompts/**"], "prompts/x/a.txt", True),
        (["prompts/**"], "x/prompts/a.txt", False),
        (["**/prompts/*.txt"], "x/prompts/a.txt", True),
        (["prompts/**", "!prompts/old/**"], "prompts/old/a.txt", False),
        (["prompts/", "!prompts/old/a.txt"], "prompts/old/a.txt", False),
        (["!prompts/", "prompts/"], "prompts/a.txt", True),
        (["a/**/b"], "a/b", True),
        (["a/**/b"], "a/x/y/b", True),
        (["a?c"], "a/c", False),
        (["a*c"], "a/c", False),
        (["[!a].txt"], "b.txt", True),
        (["[!a].txt"], "a.txt", False),
        ([], "a", False),
        (["*"], "", False),
    ],
)
def test_a_file_is_matched_by_its_name_or_by_a_folder(patterns: list[str], path: str, expected: bool) -> None:
    assert expected == Globs(patterns).matches(path)


def test_a_folder_is_covered_when_every_file_in_it_is_matched() -> None:
    assert Globs(["vendor/"]).covers("vendor")
    assert Globs(["vendor/"]).covers("vendor/deep")
    assert not Globs(["vendor/*.txt"]).covers("vendor")


def test_a_folder_is_not_covered_while_a_negation_may_bring_a_file_back() -> None:
    assert not Globs(["vendor/", "!vendor/keep.txt"]).covers("vendor")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", "matches nothing"),
        ("/", "matches nothing"),
        ("../shared/*.txt", "cannot lead out"),
        ("prompts\\system.txt", "write `/`"),
        ("*.{md,txt}", "one glob for each"),
        ("[abc", "left open"),
        ("abc\\", "left open"),
        ("# all", "can match nothing"),
    ],
)
def test_a_pattern_that_cannot_do_what_was_meant_is_told(pattern: str, words: str) -> None:
    assert words in (glob_problem(pattern) or "")


@pytest.mark.parametrize("pattern", ["*.md", "!a", "{{cookiecutter.name}}/*.md", r"\#x", "[a-z]*", "a b", "./a"])
def test_a_sound_pattern_has_no_problem(pattern: str) -> None:
    assert glob_problem(pattern) is None
