"""What answers at once: help, version, listing. They may not import SymPy or NumPy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sympy", "numpy", "mpmath", "scipy")


def modules_loaded_by(*words: str) -> set[str]:
    """The modules in memory when a command has ended."""
    code = (
        "import sys\nfrom symbolic_mle.cli import main\n"
        f"try:\n    main({list(words)!r})\nexcept SystemExit:\n    pass\n"
        "print('\\nLOADED', *sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    return set(output.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["derive", "--help"],
        ["models", "--help"],
        ["models"],
        ["models", "gamma"],
        ["derive"],
        ["derive", "poison"],
        ["derive", "poisson", "--estimate", "no-such-file.csv"],
    ],
    ids=" ".join,
)
def test_no_heavy_import(words: list[str]) -> None:
    loaded = modules_loaded_by(*words)
    assert "symbolic_mle.cli.arguments" in loaded
    assert not loaded & set(HEAVY)


def test_importing_the_package_is_light() -> None:
    code = "import sys, symbolic_mle; print('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_public_names_are_there_however_they_are_imported() -> None:
    """The module ``symbolic_mle.derive`` must not hide the function of the same name."""
    code = "import symbolic_mle.derive, symbolic_mle; from symbolic_mle import derive, Model; print(callable(derive))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
