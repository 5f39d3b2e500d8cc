"""Format strings as LangChain fills them."""

from __future__ import annotations

import pytest

from promptgauge.formats.format_template import read_format_template


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Hi {name}, {name} and {other}", ["name", "other"]),
        ("{{literal}} {{{name}}} {a.b} {c[0]} {d!r:>10}", ["name", "a", "c", "d"]),
        ('{{"key": "{value}"}}', ["value"]),
        ("{Zoë}", ["Zoë"]),
        ("nothing", []),
    ],
)
def test_fields_are_names_in_single_braces(content: str, names: list[str]) -> None:
    template = read_format_template(content)
    assert (names, None) == ([variable.name for variable in template.variables], template.problem)
    assert len(template.tags) >= len(names)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ('{"a": 1}', '{"a": 1}', "this brace opens no slot"),
        ("{name} {", "{", "this brace opens no slot"),
        ("{}", "{}", "this brace opens no slot"),
        ("{0}", "{0}", "this brace opens no slot"),
        ("a } b", "}", "this brace closes nothing"),
        ("{a\nb}", "{a", "this brace opens no slot"),
    ],
)
def test_a_brace_that_filling_would_fail_on_is_told(content: str, place: str, message: str) -> None:
    problem = read_format_template(content).problem
    assert problem is not None
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


@pytest.mark.parametrize("content", ["{" * 99_999, "{a" * 50_000, "}" * 99_999, "{a[" * 30_000, "{a:" * 30_000])
def test_long_templates_are_read_in_one_go(content: str) -> None:
    assert read_format_template(content).problem
