"""encoding_for: the encoding of a model, and whether it is known."""

import pytest
from tiktoken import model as tiktoken_model

from promptgauge.tokens import ENCODINGS, encoding_for

SAME_COUNTS = {"o200k_harmony": "o200k_base"}
NAMES = {
    **tiktoken_model.MODEL_TO_ENCODING,
    **{
        prefix + "2030-01-01": name
        for prefix, name in tiktoken_model.MODEL_PREFIX_TO_ENCODING.items()
        if prefix[-1] == "-"
    },
    **{
        f"{prefix}:acme::id": name
        for prefix, name in tiktoken_model.MODEL_PREFIX_TO_ENCODING.items()
        if prefix[:3] == "ft:"
    },
}


@pytest.mark.parametrize("model", NAMES)
def test_names_that_tiktoken_knows_have_its_encoding_or_are_unknown(model: str) -> None:
    encoding = SAME_COUNTS.get(NAMES[model], NAMES[model])
    expected = (encoding, True) if encoding in ENCODINGS else ("o200k_base", False)
    assert expected == encoding_for(model)


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("gpt-5.5-pro", "o200k_base"),
        ("GPT-4o", "o200k_base"),
        ("openai/gpt-4o-mini", "o200k_base"),
        ("openrouter/openai/gpt-4", "cl100k_base"),
        ("openai:chat:gpt-4.1-nano", "o200k_base"),
        ("azure:gpt-35-turbo", "cl100k_base"),
        ("openai.gpt-oss-120b-1:0", "o200k_base"),
        ("ft:gpt-4o-mini-2024-07-18:acme::abc", "o200k_base"),
        (" gpt-4\n", "cl100k_base"),
    ],
)
def test_names_are_known_as_people_write_them(model: str, encoding: str) -> None:
    assert (encoding, True) == encoding_for(model)


@pytest.mark.parametrize(
    "model", ["", "claude-opus-4-8", "gemini-3-pro", "gpt-6", "gpt-4.9", "o11", "my-gpt-4", "{{ model }}"]
)
def test_an_unknown_model_is_assumed_to_count_in_o200k_base(model: str) -> None:
    assert ("o200k_base", False) == encoding_for(model)
