"""POML: elements, speakers, expressions, schema."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, format_of, read_document
from promptgauge.text import Text

REPORT = """\
<?xml version="1.0"?>
<!-- Reads a receipt & sorts it. -->
<poml>
  <role>You know {{ company }} and <b>its</b> rules.</role>
  <let name="rules" src="rules.json"/>
  <let name="limit" value="base * 2"/>
  <task caption="Task {{ title }}">
    <!-- numbered -->
    <list listStyle="decimal">
      <item for="rule in rules" if="strict">{{ loop.index + 1 }}: {{ rule.text }} under {{ limit }}</item>
    </list>
  </task>
  <include src="footer.poml" if="footer"/>
  <human-msg>
    <cp caption="Mail">{{ mail }}</cp>
    <table records="{{ rows.map(r => r.cells) }}"/>
  </human-msg>
  <p>And then?</p>
  <AiMessage>Done.</AiMessage>
  <output-schema parser="json">
    {"type": "object"}
  </output-schema>
  <stylesheet>{"p": {"syntax": "json"}}</stylesheet>
  <runtime model="gpt-5" temperature="0.2"/>
</poml>
"""


def read(content: str) -> Document:
    return read_document(Text(content), "a.poml", None, None, lambda _: None)


def told(content: str) -> list[tuple[str, str]]:
    return [(message.role, message.text) for prompt in read(content).prompts for message in prompt.messages]


def names(content: str) -> list[str]:
    return [variable.name for prompt in read(content).prompts for variable in prompt.variables]


def test_the_ending_tells_the_format() -> None:
    assert "poml" == format_of("a/b.POML", None)


def test_speakers_cut_messages_and_what_makes_no_text_lies_outside() -> None:
    messages = told(REPORT)
    assert ["system", "user", "user", "assistant"] == [role for role, _ in messages]
    assert messages[0][1].startswith("<role>You know")
    assert messages[0][1].endswith('<include src="footer.poml" if="footer"/>')
    assert ("user", "<p>And then?</p>") == messages[2]
    assert ("assistant", "Done.") == messages[3]
    assert not any("stylesheet" in text or "xml version" in text or "runtime" in text for _, text in messages)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Just text, <b>bold</b> & {{ x }}.", [("user", "Just text, <b>bold</b> & {{ x }}.")]),
        ("<poml><task>Go</task></poml>", [("user", "<task>Go</task>")]),
        ("<poml>A<system-msg>B</system-msg>C</poml>", [("system", "A"), ("system", "B"), ("system", "C")]),
        ("<poml>A<p speaker='human'>B</p>C</poml>", [("system", "A"), ("user", "B"), ("user", "C")]),
        ("<poml><div>A<ai-msg>B</ai-msg>C</div></poml>", [("system", "A"), ("assistant", "B"), ("system", "C")]),
        ("<user-msg>\n  A\n</user-msg>", [("user", "A")]),
        ("<human-msg/><SystemMessage></SystemMessage>", []),
        ("<!-- only a note -->", []),
        ("", []),
    ],
)
def test_what_has_no_speaker_is_the_systems_until_the_user_has_spoken(
    content: str, expected: list[tuple[str, str]]
) -> None:
    assert ((), expected) == (read(content).problems, told(content))


def test_variables_are_the_names_that_expressions_loops_and_conditions_read() -> None:
    assert ["company", "base", "title", "strict", "footer", "mail", "rows"] == names(REPORT)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{{ a.b[c].d + e(f) }}", ["a", "c", "e", "f"]),
        ("{{ 'x' + \"y\" + `z ${w}` }}", ["w"]),
        ("{{ a ? b : c }} {{ {key: d, e} }} {{{key: f}}}", ["a", "b", "c", "d", "e", "f"]),
        ("{{ xs.filter((x, i) => x > i && y) }}", ["xs", "y"]),
        ("{{ JSON.stringify(a) }} {{ Math.max(1, b) }} {{ true }}", ["a", "b"]),
        ("{{ a < b && c > d }}", ["a", "b", "c", "d"]),
        ("<p for='x in xs'>{{ x }}</p>{{ x }}", ["xs", "x"]),
        ("<let name='a' value='b'/>{{ a }}{{ c }}", ["b", "c"]),
        ("<let name='a'>b</let><let src='d.json'/>{{ a }}{{ e }}", ["e"]),
        ("<!-- {{ a }} -->{{ b }}", ["b"]),
        ("<p if='{{ a }}' other='b'/>", ["a"]),
    ],
)
def test_only_names_from_outside_are_variables(content: str, expected: list[str]) -> None:
    assert ((), expected) == (read(content).problems, names(content))


def test_comments_loops_data_and_what_makes_no_text_are_tags() -> None:
    message = read(REPORT).prompts[0].messages[0]
    tags = [(message.text[slice(*tag.span)][:12], tag.kind, tag.name) for tag in message.tags]
    assert ('<item for="r', "statement", "for") in tags
    assert ("</item>", "statement", "endfor") in tags
    assert ("<!-- numbere", "comment", "") in tags
    assert ('<let name="r', "statement", "") in tags
    assert ("<include src", "include", "") in tags
    assert not any(text.startswith(("<role", "<task", "<list")) for text, _, _ in tags)


def test_comments_outside_the_messages_are_told() -> None:
    assert ['<?xml version="1.0"?>', "<!-- Reads a receipt & sorts it. -->"] == [
        REPORT[slice(*comment)] for comment in read(REPORT).comments
    ]


def test_includes_schema_and_model_are_declared() -> None:
    prompt = read(REPORT).prompts[0]
    assert [("footer.poml", True)] == [(include.path, include.optional) for include in prompt.includes]
    assert ({"type": "object"}, "gpt-5") == (prompt.output_schema, prompt.model)
    assert prompt.schema_span is not None
    assert '{"type": "object"}' == REPORT[slice(*prompt.schema_span)]


@pytest.mark.parametrize(
    "schema", ["{{ schema }}", "z.object({a: z.string()})", '{"maximum": {{ limit }}}', "<x/>", ""]
)
def test_a_schema_that_is_worked_out_at_run_time_is_one_all_the_same(schema: str) -> None:
    document = read(f"<poml>Go<output-schema>{schema}</output-schema></poml>")
    assert ((), {}) == (document.problems, document.prompts[0].output_schema)


@pytest.mark.parametrize(
    ("schema", "place", "message"),
    [
        ('{"type": }', "}", "not valid JSON: expecting value"),
        ('{"type": "objekt"}', '"objekt"', "`objekt` is no type of JSON Schema"),
        ('{"type": "object", "type": "object"}', '"type": "object"}', "the key 'type' stands twice"),
    ],
)
def test_a_schema_that_is_none_is_told(schema: str, place: str, message: str) -> None:
    content = f"<poml>Go<responseSchema parser='json'>{schema}</responseSchema></poml>"
    (problem,) = read(content).problems
    assert "host-syntax" == problem.kind
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("<poml><task>a</poml>", "<task>", "`<task>` is never closed: add `</task>` where it ends"),
        ("<poml>\n<task>a</task>", "<poml>", "`<poml>` is never closed: add `</poml>` where it ends"),
        ("<poml><task>a</task></p></poml>", "</p>", "this tag closes nothing"),
        ("a</p>", "</p>", "this tag closes nothing"),
        ("<poml>a < b</poml>", " b</poml>", "this is no POML: not well-formed (invalid token)"),
        ("<poml>Zoë 😀 {{ a </poml>", "{{ a </poml>", "this expression is never closed"),
        ("<poml x>a</poml>", ">a</poml>", "this is no POML: not well-formed (invalid token)"),
        ("<p a='1' a='2'>x</p>", "a='2'>x</p>", "this is no POML: duplicate attribute"),
        ("<poml><!-- a", "<!-- a", "this is no POML"),
        ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><poml>&b;</poml>", None, "this is no POML"),
        ("<p>" * 2000, "<p>", "nested too deeply to be read; flatten the file"),
        ("a\x01b", "\x01b", "this is no POML: not well-formed (invalid token)"),
    ],
)
def test_what_does_not_parse_is_told_at_its_place(content: str, place: str | None, message: str) -> None:
    document = read(content)
    (problem,) = document.problems
    assert "template-syntax" == problem.kind
    assert place is None or place == content[slice(*problem.span)]
    assert problem.message.startswith(message)
    assert 1 == len(document.prompts)


@pytest.mark.parametrize(
    "content",
    ["<p/>" * 9_000, "<p>a</p>" * 9_000, "<!-- a -->" * 12_000, "<human-msg>a</human-msg>" * 6_000, "{{ a }}" * 9_000,
     "<p for='x in xs'>{{ x }}</p>" * 5_000, "{{" * 60_000, "<let name='a'>b</let>" * 6_000, "<" * 100_000,
     "<p a='" * 20_000, "<div>" * 900 + "<ai-msg>a</ai-msg>" * 3_000 + "</div>" * 900, " " * 300_000 + "<p>a</p>"],
    ids=lambda value: repr(value[:12]),
)  # fmt: skip
def test_long_files_are_read_in_one_go(content: str) -> None:
    assert "poml" == read(content).format
