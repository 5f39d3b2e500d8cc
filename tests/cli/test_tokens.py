"""`promptgauge tokens`: counts, budgets and models."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from promptgauge.output.schemas import schema
from tests.cli.conftest import Command

SAY = "Say hello to the customer.\n"


def test_it_counts_each_file(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(SAY)
    (folder / "b.j2").write_text("Hi.\n")
    code, out, err = command("tokens")
    assert (0, "") == (code, err)
    assert [["6", "75", "%", "a.j2"], ["2", "25", "%", "b.j2"]] == [line.split() for line in out.splitlines()[1:3]]


def test_a_prompt_above_its_budget_is_code_1(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(SAY)
    (folder / "promptgauge.toml").write_text('[budgets]\n"*.j2" = 5\n')
    code, out, _ = command("tokens")
    assert (1, "a.j2:1: 6 tokens, 1 above the budget of 5.") == (code, out.splitlines()[-1])
    assert 0 == command("tokens", "--budget", "6").code


def test_a_budget_that_is_no_number_is_wrong_usage(command: Command) -> None:
    assert 2 == command("tokens", "--budget", "many").code
    assert 2 == command("tokens", "--budget", "0").code


def test_a_known_model_is_counted_in_its_encoding(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text("Größe und Maß für alle Fälle prüfen.\n")
    _, exact, _ = command("tokens", "--model", "gpt-4", "--format", "json")
    _, ours, _ = command("tokens", "--format", "json")
    told = json.loads(exact)
    assert ("cl100k_base", "exact", 8192) == tuple(told["model"][key] for key in ("encoding", "how", "context"))
    assert told["summary"]["tokens"]["middle"] > json.loads(ours)["summary"]["tokens"]["middle"]


def test_an_estimate_has_bounds(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(SAY * 10)
    told = json.loads(command("tokens", "--model", "claude-3-haiku", "--format", "json").out)
    tokens = told["files"][0]["prompts"][0]["tokens"]
    assert ("estimated", "Claude 3 to 4.6") == (told["model"]["how"], told["model"]["family"])
    assert tokens["low"] < tokens["middle"] < tokens["high"]


def test_an_unknown_model_is_said_to_be_assumed(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(SAY)
    code, out, err = command("tokens", "--model", "our-own")
    assert (0, "") == (code, err)
    assert "our-own: not a model that promptgauge knows; counted as o200k_base, which is assumed." in out
    assert "--model: `gpt4o` is not known; did you mean `gpt-4o`?" in command("tokens", "--model", "gpt4o").err


def test_the_configuration_goes_before_the_snapshot(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(SAY)
    (folder / "promptgauge.toml").write_text('[models."gpt-4o"]\ninput_price = 1\n[models.Mine]\ncontext = 100\n')
    told = json.loads(command("tokens", "--model", "gpt-4o", "--format", "json").out)["model"]
    assert (1, 10.0, 128_000) == (told["input_price"], told["output_price"], told["context"])
    mine = json.loads(command("tokens", "--model", "mine", "--format", "json").out)
    assert (100, None) == (mine["model"]["context"], mine["model"]["as_of"])
    assert 0.06 == mine["files"][0]["prompts"][0]["context_share"]


def test_json_is_as_the_schema_says(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text("{% if a %}Say hello.{% else %}Bye.{% endif %}\n")
    (folder / "b.prompt.yml").write_text("messages:\n  - role: user\n    content: Hi\n")
    for words in ((), ("--model", "gemini-2.5-pro"), ("--budget", "1")):
        told = json.loads(command("tokens", "--format", "json", *words).out)
        jsonschema.validate(told, json.loads(schema("tokens")))
    assert command("tokens", "--schema").out == schema("tokens")


def test_nothing_to_count_is_code_2(command: Command, folder: Path) -> None:
    code, out, err = command("tokens")
    assert (2, "") == (code, out)
    assert "Nothing was counted" in err


def test_standard_input_is_counted(command: Command) -> None:
    assert 2 == command("tokens", "--stdin-filename", "a.j2").code
