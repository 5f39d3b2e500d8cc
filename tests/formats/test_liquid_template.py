"""Liquid templates."""

from __future__ import annotations

import pytest

from promptgauge.formats.liquid_template import read_liquid


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("{{ a }} {{- b.c -}} {{ d[0].e }}", ["a", "b", "d"]),
        ("{{ a | append: b | date: '%Y' | default: 3, allow_false: true }}", ["a", "b"]),
        (
            "{% for x in xs limit:n offset: 2 %}{{ x.y }}{{ forloop.index }}{{ z }}{% endfor %}{{ x }}",
            ["xs", "n", "z", "x"],
        ),
        ("{% assign a = b | plus: c %}{{ a }}{% capture d %}{{ e }}{% endcapture %}{{ d }}", ["b", "c", "e"]),
        ("{% if a contains 'b' and c > 3 or d == nil %}{% elsif e %}{% else %}{% endif %}", ["a", "c", "d", "e"]),
        ("{% case a %}{% when b %}{% endcase %}{% unless c %}{% endunless %}", ["a", "b", "c"]),
        ("{% comment %}{{ a }}{% endcomment %}{% raw %}{{ b }}{% endraw %}{% # {{ c }} %}", []),
        ("{% render 'part', item: a %}", ["a"]),
    ],
)
def test_variables_are_the_names_that_are_read_from_outside(content: str, names: list[str]) -> None:
    template = read_liquid(content)
    assert (names, None) == ([variable.name for variable in template.variables], template.problem)


def test_tags_have_the_names_that_every_engine_shares() -> None:
    template = read_liquid(
        "{% unless a %}{% elsif b %}{% endunless %}{% comment %}c{% endcomment %}{% include 'd' %}{{ e }}"
    )
    assert [
        ("statement", "if"), ("statement", "elif"), ("statement", "endif"), ("comment", ""), ("include", "include"),
        ("output", ""),
    ] == [(tag.kind, tag.name) for tag in template.tags]  # fmt: skip
    assert ["d"] == [include.path for include in template.includes]


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("a {% if x %} b", "{% if x %}", "the block `if` is never closed"),
        ("{% for x in y %}{% if a %}{% endfor %}", "{% if a %}", "the block `if` is never closed"),
        ("{% endif %}", "{% endif %}", "`endif` closes nothing"),
        ("{{ a\nb", "{{ a", "this tag is never closed"),
        ("{% if a\nb", "{% if a", "this tag is never closed"),
        ("{% raw %} {{ a }}", "{% raw %}", "the block `raw` is never closed"),
    ],
)
def test_what_does_not_parse_is_told_at_its_place(content: str, place: str, message: str) -> None:
    problem = read_liquid(content).problem
    assert problem is not None
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "content", ["{%" * 50_000, "{{ a }}" * 20_000, "{% if a %}" * 5_000, "{% raw %}{% endraw %}" * 5_000]
)
def test_long_templates_are_read_in_one_go(content: str) -> None:
    read_liquid(content)
