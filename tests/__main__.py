"""Every check of the project, in the order in which they are cheap: ``python -m tests``.

All of them run even when one fails, so that one look shows everything; the exit status is 1 if any failed.
Words after the command go to pytest: ``python -m tests tests/cli -k table``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "tests": ["pytest", "-n", "auto", "--dist", "worksteal"],
}


def main(words: list[str]) -> int:
    """Run every check and say in the end how each went."""
    verdicts = {name: check(name, [*command, *(words if name == "tests" else [])]) for name, command in CHECKS.items()}
    print("\n" + "\n".join(f"{name:8}{verdict}" for name, verdict in verdicts.items()))
    return int(any(not verdict.startswith("passed") for verdict in verdicts.values()))


def check(name: str, command: list[str]) -> str:
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    started = time.perf_counter()
    finished = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False)
    verdict = "passed" if finished.returncode == 0 else f"FAILED (exit status {finished.returncode})"
    return f"{verdict:28}{time.perf_counter() - started:6.1f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
