"""Semantic Kernel's own template language."""

from __future__ import annotations

import pytest

from promptgauge.formats.semantic_kernel_template import read_semantic_kernel_template


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("{{$input}}", ["input"]),
        ("{{ $a }} and {{\n$b\n}}", ["a", "b"]),
        ("{{time.now}}", []),
        ("{{now}}", []),
        ("{{math.add $x}} {{math.add $x y=$z}}", ["x", "z"]),
        ("{{f.g 'it is' name = $who kind=\"$no }}\"}}", ["who"]),
        ("{{ \"{{\" }} and {{ '}}' }}", []),
        ("{{{{$x}} {{}} { $y } $z", ["x"]),
        ("'{{$a}}' \"{{$b}}\"", ["a", "b"]),
        ("it's {{$a}} isn't it", ["a"]),
    ],
)
def test_variables_stand_behind_a_dollar_in_double_braces(content: str, names: list[str]) -> None:
    template = read_semantic_kernel_template(content)
    assert (names, None) == ([variable.name for variable in template.variables], template.problem)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("a {{$a.b}}", "{{$a.b}}", "`$a.b` is no variable"),
        ("{{$a b}}", "{{$a b}}", "nothing can follow a variable"),
        ("{{'a' b}}", "{{'a' b}}", "nothing can follow a value"),
        ("{{ f-g }}", "{{ f-g }}", "`f-g` is no function"),
        ("{{ a.b.c }}", "{{ a.b.c }}", "`a.b.c` is no function"),
        ("{{ f x }}", "{{ f x }}", "the argument `x` is neither"),
        ("{{ f $a $b }}", "{{ f $a $b }}", "the argument `$b` needs a name"),
        ("{{ 'a }}", "{{ 'a }}", "the value 'a does not end with its quote"),
        ("x {{ 'a }} b'\nc", "{{ 'a }}", "a quote in this block is never closed"),
        ("{{$a}} {{$b\nc", "{{$b", "`{{` is never closed"),
    ],
)
def test_what_does_not_parse_is_told_at_its_block(content: str, place: str, message: str) -> None:
    problem = read_semantic_kernel_template(content).problem
    assert problem is not None
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


@pytest.mark.parametrize("content", ["{{" * 50_000, "{{ '" * 50_000, "{" * 100_000, "{{ f " + "a=$b " * 20_000 + "}}"])
def test_long_templates_are_read_in_one_go(content: str) -> None:
    read_semantic_kernel_template(content)
