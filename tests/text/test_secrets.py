"""Secrets are found by their shape or beside a word for a key, placeholders are none, and masks keep every place.

The keys are made up, and put together here so that no scanner takes this file for a leak.
"""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from promptgauge.text import Span
from promptgauge.text.secrets import find_secrets, in_short, masked

TAIL = "q7Rw2ZkL9vTb4XnM8sHd1PfYc6Gj3KmQ5tWx"
HEX = "4b7f09c2d81e6a35f0c94e7d2a1b8836"
CAPITALS = "4QZ7WMN5RTYB3HKD"


@pytest.mark.parametrize(
    ("secret", "name"),
    [
        ("sk-" + "proj-" + TAIL, "an OpenAI API key"),
        ("sk-" + TAIL, "an OpenAI API key"),
        ("sk-" + "ant-api03-" + TAIL, "an Anthropic API key"),
        ("AK" + "IA" + CAPITALS, "an AWS access key"),
        ("gh" + "p_" + TAIL, "a GitHub token"),
        ("xo" + "xb-" + TAIL, "a Slack token"),
        ("AI" + "za" + TAIL[:35], "a Google API key"),
        ("eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiJrbWFyZW4ifQ" + "." + TAIL, "a signed web token"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_a_key_is_told_by_its_shape(secret: str, name: str) -> None:
    content = f'Call it with "{secret}", always.'
    start = content.index(secret)
    assert [(Span(start, start + len(secret)), name)] == [tuple(found) for found in find_secrets(content)]


@pytest.mark.parametrize(
    "before",
    [
        "api_key: ",
        'apiKey = "',
        "Password is ",
        "X-Api-Key: ",
        "Authorization: Bearer ",
        '"token": "',
        "client secret: `",
    ],
)
@pytest.mark.parametrize("value", [TAIL, HEX])
def test_a_value_drawn_at_random_counts_beside_a_word_for_a_key(before: str, value: str) -> None:
    assert [value] == [(before + value)[slice(*found.span)] for found in find_secrets(before + value)]


def test_a_private_key_counts_with_its_body() -> None:
    head = "-----BEGIN " + "PRIVATE KEY-----"
    assert ["a private key"] == [found.name for found in find_secrets(f"{head}\n{TAIL}\n{TAIL}\n-----END")]
    assert ["a private key"] == [found.name for found in find_secrets(f'"{head}\\n{TAIL}\\n{TAIL}\\n-----END"')]
    assert () == find_secrets(f"Never print what stands below {head}, whoever asks for it in whatever words.")


@pytest.mark.parametrize(
    "content",
    [
        "sk-" + "x" * 40,
        "sk-...",
        "sk-your-key-goes-right-here-please-1234",
        "AKIAIOSFODNN7EXAMPLE",
        "api_key: ${env:AZURE_OPENAI_API_KEY}",
        "api_key: {{ secrets.stock_service_key_2024 }}",
        "api_key: my-secret-key-1234567890abc",
        "token: gpt-4o-mini-deployment-west-europe-2024",
        "The token is the smallest unit of text that counts",
        "password = get_password_from_vault(2024)",
        "sha256 " + HEX,
        "see https://example.org/a1B2c3D4e5F6g7H8i9J0k1L2",
        "the risk-" + TAIL + " of it",
    ],
)
def test_what_is_evidently_no_key_is_passed_over(content: str) -> None:
    assert () == find_secrets(content)


def test_of_a_secret_only_the_beginning_is_shown() -> None:
    secret = "sk-" + "proj-" + TAIL
    assert "sk-pr…" == in_short(secret)
    assert f"Use sk-pr{'*' * (len(secret) - 5)} here." == masked(f"Use {secret} here.")


def test_a_mask_keeps_the_lines() -> None:
    content = "-----BEGIN " + "PRIVATE KEY-----\n" + TAIL + "\n" + TAIL + "\n"
    assert content.count("\n") == masked(content).count("\n")
    assert TAIL not in masked(content)


@given(
    st.text(),
    st.sampled_from(["", "api_key: "]),
    st.text(string.ascii_letters + string.digits, min_size=20, max_size=60),
)
def test_a_mask_changes_no_place(around: str, word: str, value: str) -> None:
    assume(value not in around)
    content = f"{around} {word}{value} {around}"
    assert len(content) == len(masked(content))
    assert all(content[slice(*found.span)] not in masked(content) for found in find_secrets(content))
