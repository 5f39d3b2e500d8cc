"""Bad input is told in a sentence; nothing crashes, nothing hangs."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, Problem, read_document
from promptgauge.text import Text

LARGE = 300_000


def read(path: str, content: str) -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def problem_of(path: str, content: str) -> Problem:
    (problem,) = read(path, content).problems
    assert 0 <= problem.span.start <= problem.span.end <= len(content)
    return problem


@pytest.mark.parametrize("path", ["a.md", "a.j2", "a.yaml", "a.json", "a.mdc", "a.prompty", "a.prompt", "a.prompt.yml"])
def test_any_ending_takes_an_empty_file(path: str) -> None:
    assert all("" == message.text for prompt in read(path, "").prompts for message in prompt.messages)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("", "", "not valid JSON: expecting value"),
        ("\ufeff{}", "\ufeff{}", "not valid JSON: it begins with a byte order mark"),
        ('{"a": 1,\r\n "b" 2}', "2}", "not valid JSON: expecting ':' delimiter"),
        ('{"a": "\t"}', "\t\"}", "not valid JSON: invalid control character at"),
        ('["\\q"]', "\\q\"]", "not valid JSON: invalid \\escape"),
        ('["a]', '"a]', "not valid JSON: unterminated string starting at"),
        ("[1] 2", "2", "not valid JSON: extra data"),
        ('{"a": 1, "a": 2}', '"a": 2}', "the key 'a' stands twice; keep one of them"),
        ("[NaN]", "NaN]", "not valid JSON: NaN is no number; write null or a number"),
        ("[1, -Infinity]", "-Infinity]", "not valid JSON: -Infinity is no number; write null or a number"),
        ("[" * 100_000, "[" * 100_000, "nested too deeply to be read; flatten the file"),
        ("[" * 600 + "]" * 600, "[" * 600 + "]" * 600, "nested too deeply to be read; flatten the file"),
    ],
)  # fmt: skip
def test_bad_json_is_told_at_its_place(content: str, place: str, message: str) -> None:
    problem = problem_of("a.json", content)
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


def test_numbers_of_any_length_are_read() -> None:
    assert () == read("a.json", f"[{'9' * 5000}, 1e999, -0.5E-3]").problems
    assert () == read("a.yaml", f"[{'9' * 5000}, 1e999, .nan, 0x1F, 1_000]").problems


def test_half_a_surrogate_pair_is_told_and_read_as_a_replacement_character() -> None:
    content = r'[{"role": "user", "content": "a\ud800b\udc00 \ud83d\ude00"}]'
    document = read("a.json", content)
    assert "a\ufffdb\ufffd 😀" == document.prompts[0].messages[0].text
    assert "half a surrogate pair" in document.problems[0].message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a:\n\tb: 1", "not valid YAML: found character that cannot start any token"),
        ("a: [1", "not valid YAML: did not find expected ',' or ']'"),
        ('a: "\\q"', "not valid YAML: found unknown escape character"),
        ("a: \x01", "not valid YAML: it holds the control character U+0001; delete it"),
        ("a: \ud800", "not valid YAML: it holds the control character U+D800; delete it"),
        ("a: *b", "not valid YAML: the alias *b has no anchor"),
        ("a: 1\na: 2", "the key 'a' stands twice; keep one of them"),
        ("a: b: c", "not valid YAML: mapping values are not allowed in this context"),
        ("a: 'x", "not valid YAML: found unexpected end of stream"),
        ("[" * 10_000, "nested too deeply to be read; flatten the file"),
        ("- " * 10_000 + "x", "nested too deeply to be read; flatten the file"),
        ("{a: " * 10_000, "nested too deeply to be read; flatten the file"),
    ],
)
def test_bad_yaml_is_told(content: str, message: str) -> None:
    assert problem_of("a.yaml", content).message.startswith(message)


@pytest.mark.parametrize("content", ["? [a]\n: 1\n? [b]\n: 2\n", "1: a\n'1': b\n", "a:\n  <<: *x\n  <<: *x\n"])
def test_different_keys_are_no_duplicates(content: str) -> None:
    assert () == read("a.yaml", "x: &x {y: 1}\n" * ("*x" in content) + content).problems


def test_a_yaml_bomb_stays_small() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    content = "\n".join([*lines, "messages: [{role: user, content: Hi}]", "response_format: {schema: {a: *a29}}"])
    prompt = read("a.yaml", content).prompts[0]
    assert "Hi" == prompt.messages[0].text
    assert prompt.output_schema is not None


@pytest.mark.parametrize("content", ["&a [*a]", "&a {b: *a}", "&a [*a, *a, {role: user, content: *a}]"])
def test_a_value_that_holds_itself_is_read(content: str) -> None:
    assert "yaml-messages" == read("a.yaml", content).format


def test_a_schema_that_holds_itself_ends_somewhere() -> None:
    content = "messages: [{role: user, content: Hi}]\nresponse_format: {schema: &a {a: *a, b: *a}}"
    assert read("a.yaml", content).prompts[0].output_schema


def test_aliases_that_repeat_too_much_text_are_told() -> None:
    content = f"a: &a {'x' * 50_000}\nmessages:\n" + "- {role: user, content: *a}\n" * 1000
    document = read("a.yaml", content)
    assert "aliases repeat so much text that only a part of it is read" == document.problems[0].message
    assert 10 < len(document.prompts[0].messages) < 1000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("- role: user\n  content: |\n    a", "a"),
        ("- role: user\n  content: |+\n    a\n\n", "a\n\n"),
        ("- role: user\n  content: |\n    a\n    ---\n    b\n", "a\n---\nb\n"),
        ("- role: user\n  content: >", ""),
        ("- role: user\n  content: >-\n    a\n    b\n# end", "a b"),
        ("- role: user\n  content: \"a\u2028 b\"", "a\u2028b"),
        ("- role: user\n  content: |\n    a\u2028    b\n", "a\u2028b\n"),
    ],
)  # fmt: skip
def test_scalars_at_the_ends_of_things_are_read_whole(content: str, expected: str) -> None:
    document = read("a.yaml", content)
    assert ((), expected) == (document.problems, document.prompts[0].messages[0].text)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.md", "---\r" + "a: b\r" * 1000 + "c"),
        ("a.md", "---\n" + "a\n" * LARGE),
        ("a.md", "~~~\n" + "```\n" * (LARGE // 4) + "{{ x }}"),
        ("a.md", "{" * LARGE),
        ("a.md", "{{" * (LARGE // 30) + "}}"),
        ("a.md", "\\p{" * (LARGE // 3)),
        ("a.j2", "{{ x }}\n" + " " * LARGE),
        ("a.j2", "{# c #}\n" + "# user:\n{{ x }}{# c #}\n" * (LARGE // 60)),
        ("a.j2", "{# " * (LARGE // 3)),
        ("a.j2", "hello {{ x }} " * (LARGE // 60)),
        ("a.j2", "".join(f"{{% t{i} %}}x{{% endt{i} %}}" for i in range(1000))),
        ("a.json", '{"prompt": "' + "a \\n b" * (LARGE // 6) + '"}'),
        ("a.yaml", "prompt: a b c" + " " * LARGE + "x"),
        ("a.yaml", 'prompt: "a b c' + " " * LARGE + 'x"'),
        ("a.yaml", "prompt: |1\n" + " " * LARGE + "a b c d"),
        ("a.yaml", "prompt: >\n  a b c\n" + "\n" * (LARGE // 3) + "  d"),
        ("a.prompty", "system:\n{# c #}\n" * (LARGE // 20)),
        ("a.prompty", "---\n" + "a: b\n" * (LARGE // 5)),
        ("a.prompt", "#\n" * (LARGE // 2)),
        ("a.prompt", '{{role "user"}} a {{! c }}\n' * (LARGE // 60)),
        ("promptfooconfig.yaml", "prompts:\n- |\n  [" + '{"role": "user", "content": "\\n"}, ' * (LARGE // 60) + "{}]"),
        ("promptfooconfig.json", '{"prompts": "[' + '{\\"role\\": 1}' * (LARGE // 30) + ']"}'),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_long_files_of_one_kind_are_read_in_one_go(path: str, content: str) -> None:
    assert read(path, content).format
