"""The size of a prompt: the configuration sets its budget, and may know better what a model reads."""

from __future__ import annotations

import pytest

from promptgauge.lint import Settings, check
from promptgauge.text import Text

PROMPT = "model: {model}\nmessages:\n  - role: system\n    content: Answer in one sentence.\n"


def messages(code: str, settings: Settings, model: str = "gpt-4") -> list[str]:
    result = check(Text(PROMPT.format(model=model)), "a.prompt.yml", settings, lambda _: None)
    return [finding.message for finding in result.findings if finding.code == code]


def test_the_budget_of_the_file_is_held() -> None:
    assert ["5 tokens, 1 above the budget of 4."] == messages("PG104", Settings(budget=4))
    assert [] == messages("PG104", Settings(budget=5))
    assert [] == messages("PG104", Settings())


def test_the_budget_goes_before_the_threshold() -> None:
    assert [] == messages("PG104", Settings(budget=5, thresholds={"PG104": {"tokens": 1}}))


@pytest.mark.parametrize("model", ["own", "vendor/Own", "gpt-4"])
def test_the_configuration_knows_a_context_window_better(model: str) -> None:
    settings = Settings(contexts={"own": 10, "gpt-4": 10})
    [message] = messages("PG103", settings, model)
    assert f"50 % of the 10 that {model} reads at once (by the configuration)" in message


def test_of_an_unknown_model_nothing_is_said() -> None:
    assert [] == messages("PG103", Settings(thresholds={"PG103": {"share": 0}}), "own")
