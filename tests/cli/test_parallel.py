"""Several processes: the same output as one, a clean end by Ctrl-C, and nobody left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import promptgauge
from tests.cli.conftest import Command

SERVER = Path(promptgauge.__file__).parents[1]
COMMAND = [sys.executable, "-m", "promptgauge.cli.main"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SERVER), "PYTHONUTF8": "1"}


def write_files(folder: Path, number: int, size: int = 1) -> None:
    for index in range(number):
        rules = "".join(f"- If ticket {rule} of {index} is late, answer `late`.\n" for rule in range(3 * size))
        (folder / f"{index:03}.j2").write_text(f"You sort mail {index}.\n{rules}{{{{ mail }}}}\n")


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--select", "PG102", "--ignore", "PG3"]])
def test_the_output_is_that_of_one_process(command: Command, folder: Path, options: list[str]) -> None:
    write_files(folder, 12, 30)
    (folder / "004.j2").write_text("{% if a %}")
    (folder / "005.j2").write_bytes(b"a\0")
    (folder / "006.prompt.json").write_text("{")
    (folder / "named.txt").write_text("Say hello.\n")
    runs = [command("check", *options, "--jobs", jobs, ".", "named.txt") for jobs in ("1", "3")]
    one, many = (run._replace(out=re.sub(r"\d\.\d\d s|\"seconds\": [\d.]+", "", run.out)) for run in runs)
    assert one == many
    assert 2 == one.code


def test_a_fault_in_one_file_is_one_line(command: Command, folder: Path) -> None:
    write_files(folder, 3)
    runs = [command("check", "--jobs", jobs, ".", "gone.j2") for jobs in ("1", "2")]
    assert ["promptgauge: gone.j2: does not exist\n"] * 2 == [run.err for run in runs]


def test_a_number_of_processes_is_a_whole_one(command: Command) -> None:
    assert 2 == command("check", "--jobs", "0").code
    assert 2 == command("check", "--jobs", "many").code


def test_settings_hold_in_every_process(command: Command, folder: Path) -> None:
    write_files(folder, 4, 60)
    (folder / "promptgauge.toml").write_text('[thresholds.PG101]\ntokens = 10\n[levels]\nPG101 = "error"\n')
    told = json.loads(command("check", "--jobs", "2", "--format", "json").out)
    assert 4 == told["summary"]["findings"]["error"]


@pytest.mark.parametrize(
    ("stop", "expected"), [(signal.SIGINT, (130, "promptgauge: stopped\n")), (signal.SIGKILL, (-9, ""))]
)
def test_nobody_is_left_behind(folder: Path, stop: signal.Signals, expected: tuple[int, str]) -> None:
    write_files(folder, 200, 400)
    process = subprocess.Popen(
        [*COMMAND, "check", "--jobs", "2", "."],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    while len(members(process.pid)) < 3:
        assert process.poll() is None
        time.sleep(0.02)
    if stop == signal.SIGINT:
        os.killpg(process.pid, stop)
    else:
        process.send_signal(stop)
    assert expected == (process.wait(), process.stderr.read())
    process.stderr.close()
    for _ in range(500):
        if not members(process.pid):
            break
        time.sleep(0.02)
    assert [] == members(process.pid)


def members(group: int) -> list[int]:
    """The processes of a group that still run."""
    listed = subprocess.run(["ps", "-eo", "pid,pgid,stat"], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines()[1:])
    return [int(pid) for pid, pgid, state, *_ in rows if int(pgid) == group and not state.startswith("Z")]
