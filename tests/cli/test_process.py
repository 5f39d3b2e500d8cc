"""The command as a process: pipes, interruptions and terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import promptgauge

SERVER = Path(promptgauge.__file__).parents[1]
COMMAND = [sys.executable, "-m", "promptgauge.cli.main"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SERVER), "PYTHONUTF8": "1"}


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    (folder / "a.j2").write_text("Return the name as JSON.")
    process = subprocess.Popen(
        [*COMMAND, "check", "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, text=True
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert ("", 141) == (process.stderr.read(), process.wait())
    process.stderr.close()


def test_an_interruption_ends_it_quietly(folder: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert process.stdin
    # The pipe is full only once the command reads from it, so that it is not stopped while it starts.
    process.stdin.write("Say hello. " * 400_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (130, "", "promptgauge: stopped\n") == (process.returncode, out, err)


@pytest.mark.parametrize(("options", "painted"), [([], False), (["--color", "always"], True)])
def test_a_pipe_gets_no_colours_unless_asked_for(folder: Path, options: list[str], painted: bool) -> None:
    (folder / "a.j2").write_text("{% if a %}")
    done = subprocess.run(
        [*COMMAND, "check", *options, "a.j2"], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert (1, "", painted) == (done.returncode, done.stderr, "\033[" in done.stdout)
