"""Counting tokens: exact, offline, and cheap to do again after an edit. Imports nothing of ours but the data folder."""

from promptgauge.tokens.counting import at_most, count
from promptgauge.tokens.models import DEFAULT_ENCODING, encoding_for
from promptgauge.tokens.patterns import ENCODINGS
from promptgauge.tokens.tally import Tally
from promptgauge.tokens.vocabulary import VocabularyError

__all__ = [
    "DEFAULT_ENCODING",
    "ENCODINGS",
    "Tally",
    "VocabularyError",
    "at_most",
    "count",
    "encoding_for",
]
