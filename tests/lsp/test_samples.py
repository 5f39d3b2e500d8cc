"""In the editor every sample prompt has the findings that `check` has for it, at the same places.

A sample that the command line does not read as a prompt shows nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from promptgauge.config import Configurations
from promptgauge.project import discover
from tests.lsp.editor import Editor, counting_in, start
from tests.lsp.golden import SAMPLES, expected, findings, samples, seen

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["utf-8", "utf-16", "utf-32"])
async def window(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Editor, str]]:
    async with start(SAMPLES, counting_in(request.param)) as editor:
        yield editor, request.param


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.relative_to(SAMPLES).as_posix())
async def test_a_sample_has_the_findings_of_the_one_call(window: tuple[Editor, str], path: Path) -> None:
    editor, encoding = window
    content = path.read_bytes().decode("utf-8-sig")
    name = path.relative_to(SAMPLES).as_posix()
    known = discover([path], Configurations(), force_exclude=True).targets
    editor.open(name, content, save=False)

    shown = await editor.shown(name)
    editor.close(name)

    assert (expected(findings(path, content), content, encoding) if known else []) == seen(shown)


async def test_the_samples_have_findings_to_show() -> None:
    levels = {finding.level for path in samples() for finding in findings(path, path.read_bytes().decode("utf-8-sig"))}

    assert {"warning", "information"} <= levels
