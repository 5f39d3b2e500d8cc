"""CrewAI: agents and tasks."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, format_of, read_document
from promptgauge.text import Text

AGENTS = """\
analyst:
  role: >
    {topic} Analyst
  goal: Find what is new in {topic}
  backstory: >-
    You have read
    all of it.
  llm: openai/gpt-4o
  verbose: true
"""
TASKS = """\
report_task:
  description: >
    Write about {topic} until {year}.
  expected_output: >
    A report with {"sections": 3}.
  agent: analyst
check_task:
  description: Check it.
  expected_output: A list.
  output_pydantic: Findings
"""


def read(content: str, path: str = "config/agents.yaml") -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def test_the_keys_tell_the_format() -> None:
    assert "crewai" == format_of("agents.yaml", AGENTS)
    assert "crewai" == format_of("config/tasks.yml", TASKS)
    assert "crewai" == format_of("tasks.yaml", TASKS.replace("\n", "\r\n"))


def test_a_list_of_test_cases_is_no_crew() -> None:
    cases = "tests:\n  - description: Adds numbers\n    input: 1\n    expected_output: two\n"
    assert None is format_of("cases.yaml", cases)


def test_role_goal_and_backstory_are_one_system_prompt_of_three_messages() -> None:
    (prompt,) = read(AGENTS).prompts
    assert ("analyst", "brace", "gpt-4o") == (prompt.name, prompt.engine, prompt.model)
    assert [
        ("system", "{topic} Analyst\n"),
        ("system", "Find what is new in {topic}"),
        ("system", "You have read all of it."),
    ] == [(message.role, message.text) for message in prompt.messages]
    headers = [message.header for message in prompt.messages]
    assert ["role", "goal", "backstory"] == [AGENTS[slice(*header)] for header in headers if header]


def test_a_task_is_its_description_and_the_answer_it_expects() -> None:
    first, second = read(TASKS).prompts
    assert ["user", "user"] == [message.role for message in first.messages]
    assert ["topic", "year"] == [variable.name for variable in first.variables]
    assert ("report_task", None) == (first.name, first.output_schema)
    assert second.schema_span is not None
    assert ("check_task", {}, "Findings") == (second.name, second.output_schema, TASKS[slice(*second.schema_span)])


def test_agents_and_tasks_deeper_in_the_file_are_found() -> None:
    content = f"crew:\n  agents:\n{''.join('    ' + line for line in AGENTS.splitlines(True))}"
    assert ["analyst"] == [prompt.name for prompt in read(content).prompts]


@pytest.mark.parametrize(
    "content",
    ["a:\n  role: [x]\n  goal: {a: b}\n  backstory: 1", "a: &a {role: *a, goal: *a, backstory: *a}", "", "- 1"],
)
def test_what_holds_no_text_is_no_prompt(content: str) -> None:
    assert () == read_document(Text(content), "a.yaml", "crewai", None, lambda _: None).prompts
