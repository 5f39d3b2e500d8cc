"""Jinja: tags, variables, includes and what does not parse."""

from __future__ import annotations

import pytest

from promptgauge.formats.jinja_template import read_template


def names(content: str) -> list[str]:
    template = read_template(content)
    assert None is template.problem
    assert all(variable.name == content[slice(*variable.span)] for variable in template.variables)
    return [variable.name for variable in template.variables]


def tags(content: str) -> list[tuple[str, str, str]]:
    return [(tag.kind, tag.name, content[slice(*tag.span)]) for tag in read_template(content).tags]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{{ b }} {{ a }} {{ b }}", ["b", "a"]),
        ("{% for x in xs %}{{ x }}{{ loop.index }}{% endfor %}", ["xs"]),
        ("{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}", ["d"]),
        ("{% set x = y %}{{ x }}", ["y"]),
        ("{% set x %}{{ y }}{% endset %}{{ x }}", ["y"]),
        ("{% macro m(a, b=c) %}{{ a }}{{ d }}{% endmacro %}{{ m(1) }}", ["c", "d"]),
        ("{% from 'x' import f as g %}{{ g(h) }}", ["h"]),
        ("{% with a = b %}{{ a }}{% endwith %}", ["b"]),
        ("{{ a.b.c }}{{ a['d'] }}", ["a"]),
        ("{{ a | unknown(b) | other }}", ["a", "b"]),
        ("{{ a is strange }}{{ strange }}", ["a", "strange"]),
        ("{{ range(3) }}{{ dict() }}{{ namespace() }}", []),
        ("{% raw %}{{ a }}{% endraw %}{# {{ b }} #}", []),
        ("{{ 'a' ~ \"b\" }}{{ 1.5 }}{{ true }}{{ none }}", []),
        ("{% if a and not b %}{% elif c %}{% else %}{{ d }}{% endif %}", ["a", "b", "c", "d"]),
        ("{% do xs.append(y) %}{% for a in b %}{% break %}{% endfor %}", ["xs", "y", "b"]),
        ("{% trans %}Hi {{ user }}{% endtrans %}{{ _('x') }}", ["user"]),
    ],
)  # fmt: skip
def test_variables_are_what_is_read_from_outside_in_order_of_first_use(content: str, expected: list[str]) -> None:
    assert expected == names(content)


def test_constants_are_never_worked_out() -> None:
    assert ["a"] == names("{{ 9**9**9**9 }}{% if 'a' * 10**15 %}{{ a }}{% endif %}{{ ('x' * 10**12)|upper }}")


def test_tags_are_told_with_their_kinds_and_names() -> None:
    content = "a {{ x }} {% if y %}{# note #}{% raw %}{{{% endraw %}{% endif %}{% include 'f' %}"
    assert [
        ("output", "", "{{ x }}"),
        ("statement", "if", "{% if y %}"),
        ("comment", "", "{# note #}"),
        ("raw", "", "{% raw %}"),
        ("raw", "", "{% endraw %}"),
        ("statement", "endif", "{% endif %}"),
        ("include", "include", "{% include 'f' %}"),
    ] == tags(content)


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_a_tag_holds_the_white_space_that_it_takes_away(eol: str) -> None:
    content = f"a{eol}  {{%- if x -%}}{eol}  b {{{{- y }}}} c{{# d -#}} {{% endif +%}}{eol}"
    assert [f"{eol}  {{%- if x -%}}{eol}  ", " {{- y }}", "{# d -#} ", "{% endif +%}"] == [
        tag[2] for tag in tags(content)
    ]


def test_offsets_are_the_files_whatever_its_line_ends() -> None:
    content = "a\r\n\r\nb {{ x }}\rc {{ y }}\n"
    assert ["x", "y"] == names(content)


def test_includes_are_told_with_their_paths() -> None:
    content = (
        "{% include 'a.j2' %}{% include ['b.j2', \"c.j2\"] ignore missing %}{% extends 'd' %}{% import 'e' as e %}"
    )
    includes = read_template(content).includes
    assert [("a.j2", False), ("b.j2", True), ("c.j2", True), ("d", False), ("e", False)] == [
        (include.path, include.optional) for include in includes
    ]
    assert "'a.j2'" == content[slice(*includes[0].span)]


def test_a_tag_of_an_extension_is_fine_if_it_has_an_end() -> None:
    assert ["x", "y"] == names("{% cache 60, key %}{{ x }}{% for a in y %}{% endfor %}{% endcache %}")
    assert ["x"] == names("{% one %}{% two %}{{ x }}{% endtwo %}{% endone %}")


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("a {{ x }} b {{ y z }} c", "{{ y z }}", "expected token 'end of print statement', got 'z'"),
        ("{{ a }} {% foo %} {{ b }}", "{% foo %}", "encountered unknown tag 'foo'"),
        ("{{ a }} {% endif %}", "{% endif %}", "encountered unknown tag 'endif'"),
        ("x\r\n{% if a %}\r\n{{ b }}", "{% if a %}", "the block `if` is never closed: add `{% endif %}` where it ends"),
        (
            "{% for a in b %}{% if a %}{% endfor %}",
            "{% if a %}",
            "the block `if` is never closed: add `{% endif %}` where",
        ),
        ("a {{ x\nb", "{{ x", "expected token 'end of print statement', got 'b'"),
        ("a\n{{ x", "{{ x", "unexpected end of template, expected 'end of print statement'"),
        ("a {# b", "{#", "missing end of comment tag"),
        ("a {% raw %} b", "{% raw %}", "missing end of raw directive"),
        ("a {{ x ) }}", "{{ x )", "unexpected ')'"),
        ("a {{ (x] }}", "{{ (x]", "unexpected ']', expected ')'"),
        ("{{ a }} {{ \\x }}", "{{ \\", "unexpected char '\\\\'"),
        ("{{ a | }} {{ b }}", "{{ a | }}", "expected token 'name', got 'end of print statement'"),
        ("{{ a }} {{ }}", "{{ }}", "expected an expression, got 'end of print statement'"),
        ("{{ a }} {% if %}{% endif %}", "{% if %}", "expected an expression, got 'end of statement block'"),
        ("{% block a %}{% endblock %} {% block a %}1{% endblock %}", "{% block a %}", "block 'a' defined twice"),
        ("b {{ " + "9" * 5000 + " }}", "{{ " + "9" * 5000 + " }}", "a number has too many digits"),
        ("b {{ '\\N{no such}' }}", "{{ '\\N{no such}' }}", "unknown Unicode character name"),
        ("{%", "{%", "tag name expected"),
    ],
)
def test_what_does_not_parse_is_told_in_a_sentence_at_its_tag(content: str, place: str, message: str) -> None:
    problem = read_template(content).problem
    assert problem is not None
    assert "template-syntax" == problem.kind
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


def test_a_broken_template_still_tells_its_plain_variables() -> None:
    template = read_template("{{ a }} {{ b }} {% if c %}")
    assert ["a", "b"] == [variable.name for variable in template.variables]


@pytest.mark.parametrize("content", ["{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}", "{{ " + "a + " * 5000 + "a }}"])
def test_what_is_nested_too_deeply_is_told(content: str) -> None:
    problem = read_template(content).problem
    assert problem is not None
    assert "nested too deeply to be read" == problem.message


def test_no_tags_no_template() -> None:
    assert ((), (), (), None) == (
        (t := read_template("a } b %} {")).tags, t.variables, t.includes, t.problem
    )  # fmt: skip
