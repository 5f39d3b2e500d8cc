"""Which framework's format a YAML or JSON file has, told by keys that only such files have together."""

from __future__ import annotations

import re
from typing import Literal

FrameworkName = Literal["nemo-guardrails", "crewai", "semantic-kernel", "langchain", "openai-evals", "taskweaver"]

_ITEM = r"(?<=[\r\n])[ \t]*-?[ \t]*"
_END = r"[ \t]*(?:#[^\r\n]*)?[\r\n]\s*"

# An entry with a name of its own; in a list of test cases, which have the same keys, there is none.
_KEYED = r"(?<![^\r\n])[ \t]*[\w-]+[ \t]*:" + _END
_OWN_ENGINES = r"[ \t]*[\"']?(?:semantic-kernel|handlebars|liquid)"
_TASK_KEYS = r"(?:description|expected_output|agent)[ \t]*:"


def _top(key: str) -> str:
    """A key of the file's outermost object."""
    return rf"(?:\A|(?<=[\r\n])){key}[ \t]*:"


def _inner(key: str) -> str:
    """A key of an object inside another."""
    return rf"(?<=[\r\n])(?:[ \t]+(?:-[ \t]+)?|-[ \t]+){key}[ \t]*:"


def _json(key: str) -> str:
    return rf'"{key}"\s*:'


# Each format with alternatives; of one alternative every pattern has to be found, in any order.
_YAML: tuple[tuple[FrameworkName, tuple[str, ...]], ...] = (
    ("nemo-guardrails", (_top("prompts") + _END, _ITEM + r"task[ \t]*:", r"[ \t](?:content|messages)[ \t]*:")),
    ("nemo-guardrails", (_top("instructions") + _END + r"-[ \t]+type[ \t]*:", r"[ \t]content[ \t]*:")),
    ("nemo-guardrails", (_top("sample_conversation") + r"[ \t]*[|>]",)),
    ("crewai", (_inner("role"), _inner("goal"), _inner("backstory"))),
    ("crewai", (_KEYED + _TASK_KEYS, _inner("description"), _inner("expected_output"))),
    ("openai-evals", (_inner("prompt"), _inner("choice_strings"))),
    ("taskweaver", (_top("rounds"), _inner("post_list"))),
    ("semantic-kernel", (_top("template"), _top("template_format") + _OWN_ENGINES)),
    ("semantic-kernel", (_top("template"), _top("input_variables") + _END + r"-[ \t]+(?:\w+[ \t]*:)")),
    ("semantic-kernel", (_top("template"), _top("execution_settings"))),
    ("langchain", (_top("_type") + r"[ \t]*[\"']?(?:prompt|chat|few_shot)",)),
    ("langchain", (_top("lc") + r"[ \t]*1\b", _top("kwargs"))),
    ("langchain", (_top("template"), _top("input_variables"))),
)  # fmt: skip
_JSON: tuple[tuple[FrameworkName, tuple[str, ...]], ...] = (
    ("langchain", (_json("_type") + r'\s*"(?:prompt|chat|few_shot)',)),
    ("langchain", (_json("lc") + r"\s*1\b", r'"langchain(?:_core)?"', r'"prompts"')),
    ("langchain", (_json("input_variables") + r"\s*\[", _json("(?:template|messages)"))),
)


def framework_of(ending: str, head: str) -> FrameworkName | None:
    """The format of a file with this ending and these first characters, None if they tell none."""
    known = _YAML if ending in (".yaml", ".yml") else _JSON if ending == ".json" else ()
    for name, patterns in known:
        if all(re.search(pattern, head) for pattern in patterns):
            return name
    return None
