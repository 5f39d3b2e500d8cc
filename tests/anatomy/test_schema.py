"""JSON Schema, as far as answers are held against it: what it does not read lets everything pass."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from promptgauge.anatomy.schema import breach, schema_in

ORDER = {
    "type": "object",
    "properties": {
        "number": {"type": "string"},
        "total": {"type": ["number", "null"]},
        "state": {"enum": ["open", "paid"]},
        "lines": {"type": "array", "items": {"type": "object", "required": ["name"]}},
    },
    "required": ["number"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"number": "A-1", "total": None, "state": "open", "lines": [{"name": "cup"}]}, None),
        ({"number": 1}, "`number` is a number, the schema says string"),
        ({"number": "A-1", "total": True}, "`total` is a boolean, the schema says number or null"),
        ({"number": "A-1", "state": "lost"}, "`state` is `lost`, the schema has `open`, `paid`"),
        ({"number": "A-1", "lines": [{"name": "a"}, {}]}, "`name` is missing in `lines[1]`, the schema requires it"),
        ({"total": 1}, "`number` is missing, the schema requires it"),
        ({"number": "A-1", "sum": 1}, "`sum` is no field of the schema"),
        ([], "the answer is a list, the schema says object"),
    ],
)
def test_the_first_breach_is_said(value: Any, expected: str | None) -> None:
    assert expected == breach(ORDER, value)


@pytest.mark.parametrize("schema", [{}, {"$ref": "#/a"}, {"type": "date"}, {"anyOf": [{"type": "string"}]}, True, None])
def test_what_is_not_read_lets_everything_pass(schema: Any) -> None:
    assert None is breach(schema, {"a": 1})


def test_a_schema_is_found_in_what_an_api_takes() -> None:
    assert ORDER == schema_in({"name": "order", "strict": True, "schema": ORDER})
    assert ORDER == schema_in(ORDER)
    assert None is schema_in([])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.sampled_from(["open", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["number", "total", "state", "lines", "z"]), inner)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_no_breach_is_said_of_a_value_that_fits_and_one_of_each_that_does_not(value: Any) -> None:
    assert Draft202012Validator(ORDER).is_valid(value) == (breach(ORDER, value) is None)
