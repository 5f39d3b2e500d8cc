"""LangChain: saved prompts and serialized objects."""

from __future__ import annotations

import json
from typing import Any

import pytest

from promptgauge.formats import Document, Prompt, format_of, read_document
from promptgauge.text import Text

JOKE = """\
_type: prompt
input_variables: [adjective, "topic"]
partial_variables: {lang: English}
template: |
  Tell a {adjective} joke about {topic} in {lang}: {{"joke": ...}}.
"""
FEW_SHOT = """\
_type: few_shot
input_variables: [word]
prefix: Write the opposite.
example_prompt:
  _type: prompt
  input_variables: [input, output]
  template: "In: {input}\\nOut: {output}"
examples:
  - input: happy
    output: sad
  - input: tall
    output: short
suffix: "In: {word}"
"""


def lc(name: str, **fields: Any) -> dict[str, Any]:
    return {"lc": 1, "type": "constructor", "id": ["langchain", "prompts", "chat", name], "kwargs": fields}


def template(text: str, **fields: Any) -> dict[str, Any]:
    return lc("PromptTemplate", template=text, **fields)


CHAT = json.dumps(
    lc(
        "ChatPromptTemplate",
        input_variables=["tone", "question", "history"],
        messages=[
            lc("SystemMessagePromptTemplate", prompt=template("Be {tone}.\n")),
            lc("MessagesPlaceholder", variable_name="history"),
            lc("AIMessage", content="Ask {me}."),
            lc("HumanMessagePromptTemplate", prompt=[template("{{question}}", template_format="mustache")]),
            lc("ChatMessagePromptTemplate", role="assistant", prompt=template("Sure")),
        ],
    )
)


def read(content: str, path: str = "p.yaml") -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def only(content: str, path: str = "p.yaml") -> Prompt:
    document = read(content, path)
    assert ("langchain", ()) == (document.format, document.problems)
    (prompt,) = document.prompts
    return prompt


def names(prompt: Prompt) -> list[str]:
    return [variable.name for variable in prompt.variables]


def test_the_keys_tell_the_format() -> None:
    assert "langchain" == format_of("a.yaml", JOKE)
    assert "langchain" == format_of("a.json", CHAT)
    assert "langchain" == format_of("a.json", '{"template": "Hi {x}", "input_variables": ["x"]}')
    assert "langchain" == format_of("a.yaml", "template: Hi {x}\ninput_variables: [x]\n")
    assert None is format_of("a.json", '{"_type": "cable", "template": 3}')
    assert None is format_of("a.json", '{"lc": 1, "kwargs": {"template": 3}}')


def test_a_saved_prompt_declares_its_inputs() -> None:
    prompt = only(JOKE)
    assert ("brace", ["adjective", "topic", "lang"]) == (prompt.engine, names(prompt))
    assert ["adjective", '"topic"', "lang"] == [JOKE[slice(*variable.span)] for variable in prompt.inputs or ()]


@pytest.mark.parametrize(
    ("named", "text", "engine"),
    [("f-string", "{x}", "brace"), ("jinja2", "{{ x }}", "jinja"), ("mustache", "{{x}}", "mustache")],
)
def test_the_template_format_names_the_engine(named: str, text: str, engine: str) -> None:
    prompt = only(f'_type: prompt\ntemplate: "{text}"\ntemplate_format: {named}\n')
    assert (engine, ["x"], None) == (prompt.engine, names(prompt), prompt.inputs)


def test_examples_are_turns_between_prefix_and_suffix() -> None:
    prompt = only(FEW_SHOT)
    assert [
        ("unknown", "Write the opposite."), ("user", "happy"), ("assistant", "sad"), ("user", "tall"),
        ("assistant", "short"), ("unknown", "In: {word}"),
    ] == [(message.role, message.text) for message in prompt.messages]  # fmt: skip
    assert ["word"] == names(prompt)


def test_parts_that_stand_in_files_are_includes() -> None:
    content = (
        "_type: few_shot\nprefix_path: p.txt\nexamples: e.json\nexample_prompt: {_type: prompt, template: '{a}'}\n"
    )
    prompt = only(content + "suffix: Go {x}\n")
    assert ["p.txt", "e.json"] == [include.path for include in prompt.includes]
    assert ["{a}", "Go {x}"] == [message.text for message in prompt.messages]
    assert ["x"] == names(prompt)


def test_messages_have_the_roles_of_their_classes_or_their_own() -> None:
    prompt = only(CHAT, "p.json")
    assert [
        ("system", "Be {tone}.\n"), ("assistant", "Ask {me}."), ("user", "{{question}}"), ("assistant", "Sure")
    ] == [(message.role, message.text) for message in prompt.messages]  # fmt: skip
    assert ["tone", "history", "question"] == names(prompt)
    header = prompt.messages[0].header
    assert header is not None
    assert '"SystemMessagePromptTemplate"' == CHAT[slice(*header)]


def test_a_structured_prompt_declares_a_schema() -> None:
    messages = [lc("HumanMessagePromptTemplate", prompt=template("Go"))]
    prompt = only(json.dumps(lc("StructuredPrompt", messages=messages, schema_={"type": "object"})), "p.json")
    assert {"type": "object"} == prompt.output_schema


def test_many_prompts_in_one_file_are_found() -> None:
    content = json.dumps({"a": {"_type": "prompt", "template": "One"}, "b": [{"_type": "prompt", "template": "Two"}]})
    document = read(content, "p.json")
    assert ["One", "Two"] == [prompt.messages[0].text for prompt in document.prompts]


def test_a_brace_that_is_not_doubled_is_told() -> None:
    (problem,) = read(JOKE.replace("{{", "{").replace("}}", "}")).problems
    assert "template-syntax" == problem.kind
    assert "this brace opens no slot" in problem.message


@pytest.mark.parametrize(
    "content",
    ["_type: prompt\ntemplate: [a]", "_type: chat\nmessages: 3", "&a {_type: chat, messages: [*a]}",
     "_type: few_shot\nexamples: 3", "&a {_type: chat, prompt: *a, messages: *a, examples: *a}",
     "_type: prompt\ntemplate:", "_type: prompt\ninput_variables: 3"],
)  # fmt: skip
def test_what_holds_no_text_is_no_prompt(content: str) -> None:
    assert () == read_document(Text(content), "a.yaml", "langchain", None, lambda _: None).prompts
