"""The report for people: what a finding looks like, and what the summary says."""

from __future__ import annotations

from promptgauge.output.run import Run, Trouble
from promptgauge.output.style import coloured, plain
from promptgauge.output.text import report
from tests.output.hand import finding, result, run


def last_lines(run: Run) -> list[str]:
    return report(run, plain()).splitlines()


def test_a_finding_says_where_what_and_what_to_do() -> None:
    content = "one\ntwo three four\n"
    expected = """\
a.txt:2:5: warning PG999 hand-made
  3 words are too many.
  2 | two three four
    |     ^^^^^
  a.txt:1:1: the others
  → Drop one.

1 file, 0 tokens, 0.00 s: 1 warning
"""
    assert expected == report(run(content, finding(content, "three", related="one")), plain())


def test_the_levels_are_counted_from_the_gravest_on() -> None:
    found = [finding("a b", "a", level) for level in ("hint", "information", "error", "information", "error")]
    assert ["1 file, 0 tokens, 0.00 s: 2 errors, 2 information, 1 hint"] == last_lines(run("a b", *found))[-1:]


def test_without_findings_it_still_says_what_was_read() -> None:
    assert ["1 file, 0 tokens, 0.00 s: no findings"] == last_lines(run("Say hello."))


def test_long_messages_are_wrapped_and_never_within_a_word() -> None:
    content = "one"
    found = finding(content, "one")
    path = "x/" * 70
    assert all(len(line) <= 100 for line in last_lines(Run([result(content, [found])])))
    assert f"{path}:1:1: warning PG999 hand-made" == last_lines(Run([result(content, [found], path)]))[0]


def test_nothing_read_is_said_with_what_to_do() -> None:
    (line,) = last_lines(Run([], seen=12))
    assert line.startswith("Nothing was linted: none of 12 files is known to be a prompt. Name the file")
    (line,) = last_lines(Run([], seen=1))
    assert line.startswith("Nothing was linted: the only file is not known to be a prompt.")
    (line,) = last_lines(Run([]))
    assert "Nothing was linted: there are no files here. Name the files or folders that hold your prompts." == line


def test_a_file_without_prompts_is_not_linted() -> None:
    assert ["Nothing was linted: no prompt in empty.txt."] == last_lines(Run([result("", path="empty.txt")], seen=1))
    both = last_lines(Run([result("", path="empty.txt"), result("Say hello.")], seen=2))
    assert ["1 file, 0 tokens, 0.00 s: no findings", "No prompt in empty.txt."] == both


def test_what_was_left_out_on_purpose_is_named_with_the_reason() -> None:
    lines = last_lines(Run([], skipped=[Trouble("a.j2", "skipped, left out by `exclude` in promptgauge.toml")], seen=1))
    assert "a.j2: skipped, left out by `exclude` in promptgauge.toml" == lines[0]
    assert "Nothing was linted: all that was named is left out." == lines[1]


def test_files_that_could_not_be_read_are_counted_once_each() -> None:
    troubles = [Trouble("a.j2", "does not exist"), Trouble("b.j2", "one"), Trouble("b.j2", "two")]
    assert ["Nothing was linted; see the errors.", "2 files could not be read; the errors say why."] == last_lines(
        Run([], troubles=troubles, seen=2)
    )


def test_files_that_do_not_parse_are_counted() -> None:
    lines = last_lines(Run([result("Say hello.")], broken=[Trouble("a.txt", "no YAML", 2, 1)], seen=1))
    assert "1 file does not parse and could not be checked as a whole." == lines[-1]


def test_a_broken_configuration_says_whose_files_were_not_linted() -> None:
    wrong = [Trouble("x/promptgauge.toml", "unknown key", 1, 1), Trouble("x/promptgauge.toml", "unknown rule", 2, 1)]
    assert (
        "Not linted, as the configuration is broken: the files that x/promptgauge.toml holds for."
        == last_lines(Run([], configurations=wrong, seen=1))[-1]
    )


def test_what_looked_like_a_prompt_and_was_not_read_is_named() -> None:
    one = last_lines(Run([result("Say hello.")], passed_over=["prompts/a.xml"]))[-2:]
    assert "1 more file looks like a prompt and was not read: prompts/a.xml. Name them, or add" in " ".join(one)
    many = last_lines(Run([result("Say hello.")], passed_over=[f"prompts/{i}.xml" for i in range(8)]))[1:]
    assert "8 more files look like a prompt" in many[0]
    assert "prompts/4.xml and 3 more." in " ".join(many)


def test_a_file_read_as_plain_text_is_named() -> None:
    lines = last_lines(Run([result("Say hello.")], as_text=["notes.txt"], seen=1))
    assert "Read as plain text, as nothing tells another format: notes.txt." == lines[-1]


def test_colours_change_nothing_but_colours() -> None:
    content = "one two"
    found = run(content, finding(content, "two"))
    painted = report(found, coloured())
    assert "\033[33mwarning\033[0m" in painted
    for code in (0, 1, 2, 31, 32, 33):
        painted = painted.replace(f"\033[{code}m", "")
    assert report(found, plain()) == painted
