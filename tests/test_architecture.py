"""The shape of the package, read from its syntax trees: who may import whom, and what nobody may do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "symbolic_mle"
FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 60

# What a part may import besides itself. The order is that of a derivation: nothing runs back up.
MAY_IMPORT = {
    "errors": (),
    "algebra": ("errors",),
    "rules": ("errors", "algebra"),
    "records": ("errors", "algebra", "rules"),
    "reading": ("errors", "algebra", "rules", "records"),
    "families": ("errors",),
    "locating": ("errors", "algebra", "records"),
    "stages": ("errors", "algebra", "rules", "records", "locating"),
    "exposition": ("errors", "algebra", "rules", "records"),
    "render": ("errors", "algebra", "rules", "records", "exposition"),
    "audit": ("errors", "algebra", "rules", "records"),
}
ENGINE = (*MAY_IMPORT, "from_sympy", "model", "inference", "derive")
MAY_IMPORT |= {
    "from_sympy": ("errors", "reading"),
    "model": ("errors", "algebra", "records", "reading", "families", "stages", "from_sympy"),
    "inference": ("errors", "algebra", "records", "stages"),
    "derive": ENGINE,
    "observation": ("errors", "algebra", "records"),
    "feasibility": ("errors", "algebra", "records", "observation"),
    "maximisation": ("errors", "algebra", "records", "locating", "observation"),
    "probing": (*ENGINE, "observation", "maximisation"),
    "uncertainty": (*ENGINE, "observation", "maximisation"),
    "estimation": (*ENGINE, "observation", "feasibility", "maximisation", "probing", "uncertainty"),
    "marking": (*ENGINE, "estimation"),
    "cli": ("", "errors", "families", "marking"),
    "__main__": ("cli",),
    "": (*ENGINE, "estimation", "marking"),
}
LATE = {"derive": ("estimation",)}  # methods of a derivation, imported when they are called
PYTHON_RUNNERS = {"eval", "exec", "compile", "__import__"}  # as functions: a polynomial's method eval runs no text
SYMPY_RUNNERS = {"parse_expr", "parse_latex", "parse_mathematica", "lambdify"}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """symbolic_mle.stages.score → stages; symbolic_mle itself → ""."""
    return ".".join(module.split(".")[1:2])


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


MODULES = {module_name(file): file for file in FILES}
PUBLIC = {"symbolic_mle.derive"}  # a function of the package, and a module of the same name


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The modules of the package that these statements import; a name that is a module counts as itself."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "symbolic_mle")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "symbolic_mle":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES and inner not in PUBLIC else str(node.module)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: not the bodies of functions, nor what is for the type checker only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from at_import(child)


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node


def where(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_imports_run_one_way(file: Path) -> None:
    module = module_name(file)
    part = part_of(module)
    allowed = {part, *MAY_IMPORT[part], *LATE.get(part, ())}
    for target in imported(ast.walk(tree(file))):
        assert part_of(target) in allowed, f"{module} imports {target}; {part or 'the package'} may import {allowed}"


@pytest.mark.parametrize("part", LATE)
def test_what_is_imported_late_is_imported_inside_functions(part: str) -> None:
    for module, file in MODULES.items():
        if part_of(module) == part:
            assert not {part_of(target) for target in imported(at_import(tree(file)))} & set(LATE[part])


def test_no_cycles() -> None:
    edges = {module: set(imported(at_import(tree(file)))) - {module} for module, file in MODULES.items()}
    remaining = dict(edges)
    while remaining:
        free = [module for module, needs in remaining.items() if not needs & remaining.keys()]
        assert free, f"these modules import one another in a cycle, or lead to one: {sorted(remaining)}"
        remaining = {module: needs for module, needs in remaining.items() if module not in free}


def test_every_part_has_its_place_in_the_order() -> None:
    assert {part_of(module) for module in MODULES} <= MAY_IMPORT.keys()


@pytest.mark.parametrize("file", FILES + TESTS, ids=str)
def test_files_fit_a_reader(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for file in FILES:
        yield from ((file, node) for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_functions_fit_the_eye() -> None:
    lengths = [length(function) for _, function in functions()]
    assert median(lengths) <= 10
    long = [f"{where(file, f)} {f.name} ({length(f)} lines)" for file, f in functions() if length(f) > LONGEST_FUNCTION]
    assert not long, "functions too long to read at a glance:\n" + "\n".join(long)


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_modules_say_what_they_are_for(file: Path) -> None:
    if file.read_text(encoding="utf-8").strip():
        assert ast.get_docstring(tree(file)), f"{file}: no docstring"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_no_text_is_ever_run(file: Path) -> None:
    for name, call in calls(file):
        forbidden = name in SYMPY_RUNNERS or (name in PYTHON_RUNNERS and isinstance(call.func, ast.Name))
        assert not forbidden, f"{where(file, call)} calls {name}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_sympy_is_given_no_text_to_evaluate(file: Path) -> None:
    """``sympify`` and ``S`` evaluate a string as Python: they may take values only."""
    for name, call in calls(file):
        if name in ("sympify", "S", "simplify", "N", "expand", "nsimplify") and call.args:
            text = isinstance(call.args[0], ast.JoinedStr) or isinstance(getattr(call.args[0], "value", None), str)
            assert not text, f"{where(file, call)} gives text to {name}"
        if name == "sympify":
            assert call.args, f"{where(file, call)}: sympify without a value"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_no_bare_except_and_no_signals(file: Path) -> None:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{where(file, node)}: bare except"
            assert getattr(node.type, "id", "") != "BaseException", f"{where(file, node)}: catches BaseException"
        if isinstance(node, ast.Import):
            assert "signal" not in {alias.name for alias in node.names}, f"{where(file, node)}: signals"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_no_mutable_state_in_modules(file: Path) -> None:
    """A module may hold constants (a literal table is one, by convention in capitals); it may not be written to."""
    for node in ast.walk(tree(file)):
        assert not isinstance(node, ast.Global), f"{where(file, node)}: global statement"


DISTRIBUTIONS = re.compile(
    r"\b(poisson|bernoulli|gaussian|weibull|rayleigh|gumbel|cauchy|laplace|pareto|lomax|kumaraswamy|borel"
    r"|lindley|maxwell|nakagami|lognormal|multinomial|dirichlet|student)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "file",
    [f for f in FILES if part_of(module_name(f)) in ("stages", "rules", "derive", "estimation")],
    ids=module_name,
)
def test_the_engine_knows_no_distribution_by_name(file: Path) -> None:
    """Names may stand in docstrings and comments as examples; never in an identifier or a text that code compares."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(file))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(file)):
        words = getattr(node, "id", "") or getattr(node, "attr", "") or getattr(node, "name", "") or ""
        if isinstance(node, ast.Compare):
            words = " ".join(str(getattr(part, "value", "")) for part in [node.left, *node.comparators])
        if id(node) not in docstrings:
            found = DISTRIBUTIONS.search(str(words).replace("_", " "))
            assert not found, f"{where(file, node)} knows {found and found.group()}"
