"""The whole server under pretended editors: what is shown when a prompt is opened, edited, mended and closed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types

from promptgauge.lint.check import check
from promptgauge.lint.settings import Settings
from promptgauge.text import Text
from tests.lsp.editor import Editor, counting_in, emacs, neovim, start, vs_code
from tests.lsp.golden import findings_of, seen, width

pytestmark = pytest.mark.asyncio(loop_scope="module")

BROKEN = "Answer {{ question }} shortly.\n{% if polite %}Be kind.\n"
MENDED = "Answer {{ question }} shortly.\n{% if polite %}Be kind.{% endif %}\n"
CODE = "PG601"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def window(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    async with start(tmp_path_factory.mktemp("workspace"), vs_code()) as editor:
        yield editor


@pytest.fixture
def code(window: Editor, request: pytest.FixtureRequest) -> Iterator[Editor]:
    """VS Code with a folder of its own for each test, in one window for all, as a server takes a while to start."""
    editor = window.in_folder(request.node.name)
    yield editor
    for name in editor.versions:
        editor.close(name)


@pytest.mark.parametrize("client", [neovim, emacs, vs_code])
async def test_a_prompt_is_checked_when_opened_edited_and_mended_and_cleared_when_closed(
    client: Callable[[], types.ClientCapabilities], tmp_path: Path
) -> None:
    async with start(tmp_path, client()) as editor:
        await open_edit_mend_and_close(editor)


async def open_edit_mend_and_close(editor: Editor) -> None:
    editor.open("system.j2", BROKEN)
    assert CODE in [one.code for one in await editor.shown("system.j2")]

    editor.type_at("system.j2", 0, 0, "Please: ")
    edited = await editor.shown("system.j2")
    assert CODE in [one.code for one in edited]

    editor.type_at("system.j2", 1, len("{% if polite %}Be kind."), "{% endif %}")
    assert CODE not in [one.code for one in await editor.shown("system.j2")]

    editor.replace("system.j2", BROKEN)
    assert CODE in [one.code for one in await editor.shown("system.j2")]
    before = len(editor.published)
    editor.close("system.j2")
    assert [] == await editor.until("system.j2", lambda params: True, since=before)


async def test_a_finding_is_shown_with_all_that_it_says(code: Editor) -> None:
    [finding] = [
        one for one in check(Text(BROKEN), "system.j2", Settings(), lambda path: None).findings if one.code == CODE
    ]
    code.open("system.j2", BROKEN)

    [shown] = [one for one in await code.shown("system.j2") if one.code == CODE]

    assert ("promptgauge", types.DiagnosticSeverity.Error) == (shown.source, shown.severity)
    assert f"{finding.message}\n{finding.advice}" == shown.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_places_right_behind_an_emoji_are_right_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    content = "Answer.\n😀é{% endif %} 😀\nbye\n"
    async with start(tmp_path, counting_in(encoding)) as editor:
        editor.open("system.j2", content)
        shown = seen(await editor.shown("system.j2"))

        assert findings_of("system.j2", content, encoding) == shown
        assert (CODE, (1, width("😀é", encoding))) in [one[:2] for one in shown]

        editor.type_at("system.j2", 1, width("😀é", encoding), "字😀")
        edited = content.replace("😀é", "😀é字😀")

        assert findings_of("system.j2", edited, encoding) == seen(await editor.shown("system.j2"))


async def test_hovering_over_a_finding_shows_the_page_of_its_rule(code: Editor) -> None:
    code.open("system.j2", BROKEN)
    [shown] = [one for one in await code.shown("system.j2") if one.code == CODE]

    hover = await code.hover("system.j2", shown.range.start.line, shown.range.start.character)

    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert types.MarkupKind.Markdown == hover.contents.kind
    assert shown.message.splitlines()[0] in hover.contents.value
    assert "template-syntax" in hover.contents.value


async def test_hovering_over_a_part_shows_its_tokens(code: Editor) -> None:
    code.open("system.prompt.md", "Answer the question in one word. Never apologise.\n")

    hover = await code.hover("system.prompt.md", 0, 3)

    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "tokens" in hover.contents.value


async def test_hovering_right_after_an_edit_is_about_the_new_text(code: Editor) -> None:
    code.open("system.j2", MENDED)
    await code.shown("system.j2")
    code.type_at("system.j2", 0, 0, "{% endif %}")

    hover = await code.hover("system.j2", 0, 4)

    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "template-syntax" in hover.contents.value


async def test_a_file_that_is_no_prompt_is_left_alone(code: Editor) -> None:
    code.open("notes.md", "{% if x %} sk-notakey\n")

    assert [] == await code.shown("notes.md")
    assert await code.hover("notes.md", 0, 3) is None


async def test_a_buffer_that_is_no_file_is_left_alone(code: Editor) -> None:
    untitled = types.TextDocumentItem("untitled:Untitled-1.j2", "jinja", 1, BROKEN)
    code.client.text_document_did_open(types.DidOpenTextDocumentParams(untitled))
    code.open("system.j2", BROKEN)
    await code.shown("system.j2")

    assert not any(params.uri.startswith("untitled:") for params in code.published)


async def test_the_configuration_of_the_command_line_holds_and_is_read_anew(code: Editor) -> None:
    (code.root / "promptgauge.toml").write_text(f'ignore = ["{CODE}"]\n', encoding="utf-8")
    code.open("system.j2", BROKEN)
    assert CODE not in [one.code for one in await code.shown("system.j2")]

    (code.root / "promptgauge.toml").unlink()
    code.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))

    assert await code.until("system.j2", lambda params: any(one.code == CODE for one in params.diagnostics))


async def test_an_included_file_name_of_the_configuration_makes_a_prompt(code: Editor) -> None:
    (code.root / "promptgauge.toml").write_text('include = ["notes.md"]\nexclude = ["old.j2"]\n', encoding="utf-8")
    code.open("notes.md", BROKEN)
    code.open("old.j2", BROKEN)

    assert CODE in [one.code for one in await code.shown("notes.md")]
    assert [] == await code.shown("old.j2")


async def test_a_broken_configuration_is_shown_in_its_file_and_the_last_good_one_stays(code: Editor) -> None:
    name = "promptgauge.toml"
    code.open("system.j2", BROKEN)
    code.open("user.j2", BROKEN)
    code.open(name, f'ignore = ["{CODE}"]\n')
    assert [] == await code.until("system.j2", lambda params: not params.diagnostics)

    before = len(code.published)
    code.save(name, f'# 😀\nignore = ["{CODE}"]\nselct = []\n')
    [shown] = await code.until(name, lambda params: bool(params.diagnostics), since=before)
    assert ("PG902", 2, 0) == (shown.code, shown.range.start.line, shown.range.start.character)
    assert "selct" in shown.message
    code.type_at("system.j2", 0, 0, "Please: ")
    assert [] == await code.shown("system.j2")

    before = len(code.published)
    code.save(name, "\n")
    assert [] == await code.until(name, lambda params: not params.diagnostics, since=before)
    for prompt in ("system.j2", "user.j2"):
        await code.until(prompt, lambda params: any(one.code == CODE for one in params.diagnostics), since=before)


async def test_a_configuration_that_was_never_good_checks_nothing_and_says_why(code: Editor) -> None:
    (code.root / "promptgauge.toml").write_text("selct = []\n", encoding="utf-8")
    code.open("system.j2", BROKEN)

    [shown] = await code.until("promptgauge.toml", lambda params: True)
    assert "PG902" == shown.code
    assert [] == await code.shown("system.j2")

    before = len(code.published)
    code.close("system.j2")
    assert [] == await code.until("promptgauge.toml", lambda params: True, since=before)


async def test_an_unknown_document_is_ignored_and_nothing_pops_up(code: Editor) -> None:
    code.replace("never-opened.j2", BROKEN)
    code.close("never-opened.j2")
    assert await code.hover("never-opened.j2", 0, 0) is None
    code.open("system.j2", BROKEN)
    await code.shown("system.j2")

    assert [] == code.client.messages
    assert [] == code.client.log_messages


async def test_the_server_asks_an_editor_that_can_to_watch_the_configuration(code: Editor) -> None:
    assert code.client.capabilities is not None
    code.open("system.j2", BROKEN)
    await code.shown("system.j2")

    [registration] = code.registered
    assert "workspace/didChangeWatchedFiles" == registration.method
