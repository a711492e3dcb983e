"""Named models as data, a small file each: ``ls families`` is the coverage.

To add a family, add a file that defines ``FAMILY = Family(...)``; it is called as its file, with hyphens. Nothing else
has to change, and nothing else may know a family by its name: the engine derives it like any other density. This part
may import the errors and nothing more, so that the catalogue can be listed without SymPy.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from symbolic_mle.errors import ModelError
from symbolic_mle.families.family import Family

__all__ = ["Family", "catalogue", "find", "names"]


def catalogue() -> dict[str, Family]:
    """Every family by name, in alphabetical order.

    >>> catalogue()["poisson"].density
    'lambda^x e^(-lambda) / x!'
    """
    return {name: _load(name) for name in names()}


def names() -> list[str]:
    """The names of all families in alphabetical order, without loading any of them."""
    files = Path(__file__).parent.glob("*.py")
    return sorted(file.stem.replace("_", "-") for file in files if file.stem not in ("__init__", "family"))


def find(name: str) -> Family:
    """The family of that name; capitals, spaces and underscores do not matter.

    Raises ModelError with the closest names when there is none.

    >>> find("Normal variance").parameters
    {'sigma2': 'sigma2 > 0'}
    """
    wanted = _normalised(name)
    if wanted in names():
        return _load(wanted)
    raise ModelError(f"no model is called {name!r}; {_advice(wanted)}")


def _normalised(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


def _load(name: str) -> Family:
    family: Family = import_module(f"{__name__}.{name.replace('-', '_')}").FAMILY
    return family


def _advice(wanted: str) -> str:
    """What to try: names spelled alike, names that share a word, or the listing."""
    from difflib import get_close_matches

    alike = get_close_matches(wanted, names(), n=3, cutoff=0.7)
    related = [name for name in names() if set(name.split("-")) & set(wanted.split("-"))]
    close = list(dict.fromkeys(alike + related))[:5]
    if close:
        return f"did you mean {' or '.join(repr(name) for name in close)}?"
    return "'symbolic-mle models' lists them all"
