"""Model facts: the snapshot, and the models that it knows by other names."""

from __future__ import annotations

from datetime import date

import pytest

from promptgauge.tokens.model_facts import ModelFacts, facts_of, known_models


def test_the_snapshot_has_a_date_and_usable_figures() -> None:
    for name in known_models():
        facts = facts_of(name)
        assert date.fromisoformat(facts.as_of)
        assert facts.context
        assert (facts.input_price is None) == (facts.output_price is None)
        assert facts.input_price is None or 0 < facts.input_price <= (facts.output_price or 0)


@pytest.mark.parametrize(
    "name", ["gpt-4o-2024-08-06", "openai/gpt-4o", "ft:gpt-4o-2024-08-06:acme::x1", "azure:GPT-4o", "gpt-4o-latest"]
)
def test_a_version_is_known_by_its_model(name: str) -> None:
    assert facts_of("gpt-4o") == facts_of(name)


def test_another_model_of_a_series_is_not_taken_for_it() -> None:
    assert ModelFacts() == facts_of("gpt-4o-realtime-preview")
    assert facts_of("gpt-4o") != facts_of("gpt-4o-mini")


def test_the_name_of_a_cloud_stands_for_the_model() -> None:
    assert facts_of("claude-3-haiku") == facts_of("us.anthropic.claude-3-haiku-20240307-v1:0")
