"""Budgets and figures of models in a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from promptgauge.config import ConfigError, Configuration, Configurations


def configured(folder: Path, content: str) -> Configuration:
    (folder / "promptgauge.toml").write_text(content)
    return Configurations(folder).for_file(folder / "a.j2")


def test_the_last_budget_that_matches_decides(tmp_path: Path) -> None:
    configuration = configured(tmp_path, '[budgets]\n"*.j2" = 100\n"big/**" = 900\n')
    budgets = [configuration.settings_for(tmp_path / name).budget for name in ("a.j2", "big/a.j2", "a.txt")]
    assert [100, 900, None] == budgets
    assert (100, "budget") == next(
        (e.value, e.key) for e in configuration.explain(tmp_path / "a.j2") if e.key == "budget"
    )


def test_the_figures_of_a_model(tmp_path: Path) -> None:
    models = configured(tmp_path, '[models."GPT-4o"]\ncontext = 5\noutput_price = 1.5\n').models
    assert {"gpt-4o": {"context": 5, "output_price": 1.5}} == {
        name: {key: entry.value for key, entry in facts.items()} for name, facts in models.items()
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('budgets."*.j2" = 0', "the budget of `*.j2` must be a whole number of tokens, 1 or more"),
        ('budgets."*.j2" = true', "the budget of `*.j2` must be a whole number of tokens, 1 or more"),
        (
            'budgets."!*.j2" = 5',
            "`!*.j2`: a glob cannot begin with `!` here; of several that match, the last one decides",
        ),
        ("budgets = 5", "`budgets` must be a table, not a number"),
        ("models.m.contxt = 5", "unknown key `contxt`; did you mean `context`?"),
        ("models.m.context = 0.5", "`context` must be a whole number of tokens, 1 or more"),
        ("models.m.input_price = -1", "`input_price` must be US dollars for a million tokens, 0 or more"),
        ("models.m.input_price = nan", "`input_price` must be US dollars for a million tokens, 0 or more"),
    ],
)
def test_what_is_no_number_is_an_error(tmp_path: Path, content: str, expected: str) -> None:
    with pytest.raises(ConfigError) as error:
        configured(tmp_path, content)
    assert expected == error.value.message
