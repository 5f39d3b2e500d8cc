"""The anatomy as JSON and as bars: what holds for every sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from promptgauge.config import Configurations
from promptgauge.lint.check import check
from promptgauge.lint.model import Result
from promptgauge.lint.settings import Settings
from promptgauge.output.anatomy_text import describe
from promptgauge.output.inspection import inspection
from promptgauge.output.style import coloured, plain
from promptgauge.project import discover, read_file
from promptgauge.text import Text
from tests.samples.golden import SAMPLES

PROMPTS = [target.path for target in discover([SAMPLES], Configurations()).targets]


def seen(path: Path) -> Result:
    return check(read_file(path), str(path), Settings(), lambda _: None)


def look(content: str, path: str = "a.j2") -> dict[str, Any]:
    return inspection(check(Text(content), path, Settings(), lambda _: None))


def drawn(content: str, path: str = "a.j2") -> str:
    return describe(check(Text(content), path, Settings(), lambda _: None), plain())


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_each_line_of_a_message_has_one_kind(path: Path) -> None:
    result = seen(path)
    value = inspection(result)
    lines = [line for part in value["segments"] for line in range(part["start"], part["end"] + 1)]
    assert sorted(set(lines)) == lines
    inside = {line for part in value["prompts"] for line in range(part["start"], part["end"] + 1)}
    assert set() == {line for line in inside if result.text.line(line - 1).strip()} - set(lines)


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_the_parts_add_up_to_the_whole(path: Path) -> None:
    for unit in inspection(seen(path))["units"]:
        assert unit["tokens"] == sum(message["tokens"] for message in unit["messages"])
        assert unit["tokens"] == sum(segment["tokens"] for segment in unit["segments"])


def test_places_of_a_decoded_message_are_places_of_the_file() -> None:
    content = '[{"role": "user", "content": "Say hello.\\nIf nobody is there, wait."}]'
    (unit,) = look(content, "a.prompt.json")["units"]
    (condition,) = unit["conditions"]
    assert "If nobody is there, wait." == content[condition["start"]["offset"] : condition["end"]["offset"]]


def test_a_schema_that_the_settings_declare_is_where_the_answer_is_asked_for() -> None:
    content = """\
messages:
  - role: user
    content: Read the letter.
responseFormat: json_schema
jsonSchema: '{"schema": {"type": "object"}}'
"""
    assert {"asked": True, "line": 5, "schema": "formal"} == look(content, "a.prompt.yml")["structured_output"]


def test_a_file_without_prompts_is_empty_and_says_so() -> None:
    value = look("a: 1\n", "a.prompt.yml")
    assert ([], [], []) == (value["prompts"], value["segments"], value["units"])
    assert "a.prompt.yml: holds no prompt\n" == drawn("a: 1\n", "a.prompt.yml")


def test_the_bars_say_how_the_tokens_were_counted() -> None:
    assert "  at most 2 text tokens (o200k_base); one message" in drawn("{% if a %}Hello.{% else %}Hi.{% endif %}")
    assert "text tokens (o200k_base), loops counted once;" in drawn("{% for a in b %}Hello {{ a }}.{% endfor %}")


def test_the_bars_say_which_messages_there_are() -> None:
    assert "; one message without a role; no template\n" in drawn("Say hello.", "a.prompt.txt")
    assert "; one system message; no template\n" in drawn("Say hello.", "system.md")
    assert "; messages: 1 system, 1 user; Jinja\n" in drawn("system:\nSay hello.\nuser:\n{{ name }}\n")


def test_a_bar_is_as_long_as_the_share_of_its_kind() -> None:
    (line,) = [line for line in drawn("Say hello.").splitlines() if "█" in line]
    assert "█" * 32 in line
    assert "100 %" in line


def test_colours_change_nothing_but_colours() -> None:
    result = seen(SAMPLES / "loud" / "support-triage" / "system.md")
    painted = describe(result, coloured())
    assert "\033[35m" in painted
    for code in (0, 1, 2, 31, 32, 33, 34, 35, 36):
        painted = painted.replace(f"\033[{code}m", "")
    assert describe(result, plain()) == painted
