"""Token counts as JSON: the model, and each file with its prompts, messages and kinds (tokens.schema.json)."""

from __future__ import annotations

from typing import Any

from promptgauge import __version__
from promptgauge.output.token_counts import Counts, Model, PromptTokens, Tokens, total


def report(counts: Counts) -> dict[str, Any]:
    """The counts; a number of tokens is an object with its bounds, which are all the same where it is exact."""
    return {
        "version": __version__,
        "model": _model(counts.model) if counts.model else None,
        "encodings": list(counts.encodings),
        "files": [_file(path, [p for p in counts.prompts if p.path == path], counts.model) for path in counts.files],
        "summary": {
            "files": len(counts.files),
            "prompts": len(counts.prompts),
            "tokens": _tokens(total(prompt.tokens for prompt in counts.prompts)),
            "over_budget": len(counts.over),
        },
    }


def _model(model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "encoding": model.encoding,
        "how": model.how,
        "family": model.family or None,
        "context": model.context,
        "input_price": model.input_price,
        "output_price": model.output_price,
        "as_of": model.as_of or None,
    }


def _file(path: str, prompts: list[PromptTokens], model: Model | None) -> dict[str, Any]:
    return {
        "path": path,
        "tokens": _tokens(total(prompt.tokens for prompt in prompts)),
        "prompts": [_prompt(prompt, model) for prompt in prompts],
    }


def _prompt(prompt: PromptTokens, model: Model | None) -> dict[str, Any]:
    middle = prompt.tokens.middle
    priced = model is not None and model.input_price is not None
    return {
        "name": prompt.name,
        "line": prompt.line,
        "tokens": _tokens(prompt.tokens),
        "included": _tokens(prompt.included),
        "at_most": prompt.at_most,
        "per_item": prompt.per_item,
        "budget": prompt.budget,
        "over_budget": prompt.over,
        "context_share": middle / model.context if model and model.context else None,
        "input_cost": middle * model.input_price / 1e6 if model and priced and model.input_price else None,
        "messages": [{"role": role, "line": line, "tokens": _tokens(tokens)} for role, line, tokens in prompt.messages],
        "kinds": {kind: _tokens(tokens) for kind, tokens in prompt.kinds.items()},
    }


def _tokens(tokens: Tokens) -> dict[str, int]:
    return {"low": tokens.low, "middle": tokens.middle, "high": tokens.high}
