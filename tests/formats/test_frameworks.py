"""What every framework's format makes of bad input, and which files belong to none of them."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, format_of, read_document
from promptgauge.text import Text

HOSTED = {
    "nemo-guardrails": "prompts:\n- task: t\n  content: {}\n",
    "crewai": "a:\n  role: r\n  goal: g\n  backstory: {}\n",
    "semantic-kernel": "execution_settings: {{}}\ntemplate: {}\n",
    "langchain": "_type: prompt\ntemplate: {}\n",
    "openai-evals": "e:\n  choice_strings: AB\n  prompt: {}\n",
    "taskweaver": "rounds:\n- post_list:\n  - message: {}\n",
}
ALL = [*HOSTED, "poml", "handlebars", "mustache", "liquid"]


def read(format: str, content: str, path: str = "a.yaml") -> Document:
    return read_document(Text(content), path, format, None, lambda _: None)


def texts(document: Document) -> list[str]:
    return [message.text for prompt in document.prompts for message in prompt.messages]


@pytest.mark.parametrize("format", ALL)
@pytest.mark.parametrize(
    "content", ["", "\n", "\ufeff", " \u2028 ", "---\n", "text", "[1, 2", "{", "<", "{{", "{%", "${", "\x07"]
)
def test_scraps_are_read_without_a_crash(format: str, content: str) -> None:
    document = read(format, content)
    assert format == document.format
    assert all(0 <= problem.span.start <= problem.span.end <= len(content) for problem in document.problems)


@pytest.mark.parametrize("format", HOSTED)
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_the_head_of_a_file_tells_its_format_with_any_line_end(format: str, eol: str) -> None:
    content = HOSTED[format].format("|\n      Zoë 😀\n      Now.").replace("\n", eol)
    assert format == format_of("some.yaml", content)
    assert "Zoë 😀\nNow." in [text.rstrip("\n") for text in texts(read(format, content))]


@pytest.mark.parametrize("format", HOSTED)
def test_yaml_that_does_not_parse_is_told_at_its_place(format: str) -> None:
    content = HOSTED[format].format("ok") + "z: [1\n"
    (problem,) = read(format, content).problems
    assert "host-syntax" == problem.kind
    assert problem.message.startswith("not valid YAML")


@pytest.mark.parametrize("format", HOSTED)
def test_a_key_that_stands_twice_is_told_and_the_rest_is_read(format: str) -> None:
    content = HOSTED[format].format("ok") + "z: 1\nz: 2\n"
    document = read(format, content)
    assert ["the key 'z' stands twice; keep one of them"] == [problem.message for problem in document.problems]
    assert "ok" in texts(document)


@pytest.mark.parametrize("format", HOSTED)
def test_a_yaml_bomb_stays_small(format: str) -> None:
    lines = ["x0: &x0 [y, y]"] + [f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 9)}]" for i in range(1, 30)]
    content = "\n".join([*lines, HOSTED[format].format("*x29")])
    assert () == read(format, content).problems
    assert "y" not in texts(read(format, content))


@pytest.mark.parametrize("format", ["langchain", "semantic-kernel", "nemo-guardrails", "poml", "liquid", "handlebars"])
def test_a_megabyte_without_white_space_is_read(format: str) -> None:
    long = "x" * 1_000_000
    content = HOSTED[format].format(long) if format in HOSTED else long
    assert long in texts(read(format, content))


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("docker-compose.yml", "services:\n  web:\n    image: x\n    description: y\n"),
        ("openapi.yaml", "paths:\n  /a:\n    get:\n      description: x\n      parameters:\n        - name: role\n"),
        ("values.yaml", "template: x\nname: y\nrole: z\n"),
        ("workflow.yml", "jobs:\n  a:\n    steps:\n      - run: echo ${{ x }}\n"),
        ("people.yaml", "anna:\n  role: dev\n  goal: ship\n"),
        ("survey.yaml", "q1:\n  prompt: How old?\n  choices: [1, 2]\n"),
        ("rounds.yaml", "rounds:\n  - 1\n"),
        ("package.json", '{"name": "x", "template": "y", "description": "z"}'),
        ("form.json", '{"_type": "form", "template": "y"}'),
        ("k8s.yaml", "kind: Deployment\nspec:\n  template:\n    spec: {}\n"),
    ],
)
def test_other_files_belong_to_no_framework(path: str, content: str) -> None:
    assert None is format_of(path, content)
