"""Parallel work: in order, with what it raises, and only where it pays."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.project import parallel
from promptgauge.project.parallel import MUCH, PORTION, cores, ordered, portions, processes_for

_factor: list[int] = []


def set_up(factor: int) -> None:
    _factor[:] = [factor]


def times(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError(f"{number} is negative")
    return number * _factor[0], os.getpid()


def test_results_come_in_order_from_other_processes() -> None:
    results = list(ordered(times, range(20), 2, set_up, (3,)))
    assert [3 * number for number in range(20)] == [result for result, _ in results]
    assert os.getpid() not in {process for _, process in results}
    assert [] == _factor


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="-1 is negative"):
        list(ordered(times, [1, -1, 2], 2, set_up, (3,)))


def test_little_is_not_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 4)
    assert 1 == processes_for([100] * 1_000)
    assert 1 == processes_for([MUCH * 2])
    assert 2 == processes_for([MUCH // 10] * 10)
    assert 4 == processes_for([MUCH // 10] * 1_000)


def test_there_is_always_a_core() -> None:
    assert cores() >= 1


@given(st.lists(st.integers(0, PORTION * 2)))
def test_portions_are_all_in_order_and_no_larger_than_they_must_be(sizes: list[int]) -> None:
    shares = list(portions(range(len(sizes)), sizes))
    assert list(range(len(sizes))) == [index for share in shares for index in share]
    assert all(len(share) == 1 or sum(sizes[index] for index in share) <= PORTION for share in shares)
