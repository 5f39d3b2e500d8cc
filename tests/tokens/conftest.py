"""The oracle, and counters that have counted nothing yet."""

import pytest
import tiktoken

from promptgauge.tokens import counting, engine
from tests.tokens import oracles


@pytest.fixture(scope="session")
def oracle() -> dict[str, tiktoken.Encoding]:
    return {encoding: oracles.oracle(encoding) for encoding in oracles.ENCODINGS}


@pytest.fixture(autouse=True)
def fresh() -> None:
    """No test leaves an engine behind that has gone over to tiktoken, or counts that are remembered."""
    engine.engine.cache_clear()
    counting.remembered_count.cache_clear()
    counting.remembered_long_count.cache_clear()
