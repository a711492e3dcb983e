r"""LaTeX: closed commands, balanced braces, ASCII, no line too wide, and pdflatex agrees."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import sympy as sp

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Maths, Name
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.render import latex
from symbolic_mle.render.escape import escape
from symbolic_mle.render.glyphs import BIG, LETTERS, RELATIONS
from symbolic_mle.render.latex_lines import broken
from symbolic_mle.render.latex_maths import LatexMaths
from symbolic_mle.render.latex_width import measure
from tests.render import sample_documents as sample

x, k, theta = sample.x, sample.k, sample.theta
COMMAND = re.compile(r"\\([a-zA-Z]+\*?|.)")
WORDS = r"""
begin end frac sqrt binom text emph operatorname mathit mathbf mathrm hat bar tilde widehat widetilde left right
bigl bigr Bigl Bigr biggl biggr Biggl Biggr lvert rvert lfloor rfloor lceil rceil cdot times quad dots
log exp max min sin cos tan sinh cosh tanh arcsin arccos arctan parbox raggedright strut leavevmode item setlength
itemsep section* subsection* begingroup endgroup sloppy relax par expandafter ifx csname endcsname fi
newtheorem* theoremstyle documentclass usepackage allowdisplaybreaks textbackslash textasciicircum textasciitilde
checkmark surd
"""
TABLES = {c for table in (LETTERS, RELATIONS, BIG) for *_, source in table.values() for c in COMMAND.findall(source)}
ALLOWED = set(WORDS.split()) | TABLES | set("\\,{}$&%#_[]'`^~=\"rvc ")


def balanced(source: str) -> bool:
    depth = 0
    for token in re.findall(r"\\.|[{}]", source):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            return False
    return depth == 0


def is_sound(source: str) -> bool:
    opened, closed = re.findall(r"\\begin\{(\S+?)\}", source), re.findall(r"\\end\{(\S+?)\}", source)
    return source.isascii() and balanced(source) and sorted(opened) == sorted(closed)


SOURCES = [
    (sample.DENSITY, r"\frac{x^{k - 1} e^{-x/\theta}}{\Gamma(k) \, \theta^{k}}"),
    (sample.S / theta, r"\frac{1}{\theta} \sum_{i=1}^{n} x_{i}"),
    (sample.S / sample.n, r"\bar{x}"),
    (sample.SL / sample.n, r"\frac{1}{n} \sum_{i=1}^{n} \log x_{i}"),
    (sample.S * sp.log(theta), r"\Bigl(\sum_{i=1}^{n} x_{i}\Bigr) \log \theta"),
    (sp.exp(-theta), r"e^{-\theta}"),
    (sp.sqrt(theta), r"\sqrt{\theta}"),
    (sp.Abs(x - k), r"\lvert x - k\rvert"),
    (sp.binomial(5, x), r"\binom{5}{x}"),
    ((x / theta) ** k, r"\biggl(\frac{x}{\theta}\biggr)^{k}"),
    (2 * 3**x, r"2 \cdot 3^{x}"),
]


@pytest.mark.parametrize(("expr", "source"), SOURCES, ids=[source for _, source in SOURCES])
def test_formulas(expr: sp.Expr, source: str) -> None:
    assert latex.inline(sample.NOTATION.write(expr)) == source


def test_running_text_has_slashes_and_scripts_too() -> None:
    assert LatexMaths("inline")(sample.NOTATION.write(k / (1 + theta))) == r"k/(\theta + 1)"
    assert LatexMaths("inline")(sample.NOTATION.score(k)) == r"\partial \ell/\partial k"
    assert latex.inline(sample.NOTATION.write(sp.exp(-x / theta))) == r"e^{-x/\theta}"


@pytest.mark.parametrize("style", ["display", "inline", "script"])
def test_every_node_is_sound_in_every_style(style: str) -> None:
    for node in sample.nodes():
        source = LatexMaths(style)(node)
        assert is_sound(source)
        assert set(COMMAND.findall(source)) <= ALLOWED


@pytest.mark.parametrize("standalone", [False, True])
def test_a_document_is_sound(standalone: bool) -> None:
    source = latex.render(sample.document(), standalone=standalone)
    assert is_sound(source)
    assert set(COMMAND.findall(source)) <= ALLOWED
    assert source.startswith(r"\documentclass") is standalone


def test_text_is_escaped() -> None:
    assert escape("100% of x_i & {more} #1 $") == r"100\% of x\_i \& \{more\} \#1 \$"
    assert escape("Cramér–Rao") == r"Cram\'{e}r--Rao"
    assert escape("λ ≤ σ²") == r"$\lambda$ $\le$ $\sigma$$^{2}$"
    assert escape(r"\input{x}") == r"\textbackslash{}input\{x\}"
    assert escape("漢") == "?"


def long_sum(terms: int) -> Maths:
    names = [Name("theta", make.number(i)) for i in range(terms)]
    return make.total(*(make.call("log", make.total(make.ONE, name)) for name in names))


@pytest.mark.parametrize("terms", [3, 10, 40])
def test_long_sums_break_before_a_sign(terms: int) -> None:
    lines = broken(long_sum(terms), 30, LatexMaths())
    assert all(measure(line) <= 31 for line in lines)
    assert all(line.startswith(r"&\quad {}+ ") for line in lines[1:])


def test_a_long_bracket_and_a_long_fraction_break_too() -> None:
    for node in (
        make.product(Name("n"), long_sum(12)),
        make.fraction(long_sum(12), Name("n")),
        make.call("exp", long_sum(12)),
    ):
        lines = broken(node, 30, LatexMaths())
        assert len(lines) > 1
        assert all(measure(line) <= 31 for line in lines)
        assert balanced("".join(lines))


def test_a_chain_breaks_at_its_relations() -> None:
    lines = broken(make.chain(long_sum(4), "=", long_sum(4)), 30, LatexMaths())
    assert lines[1].startswith("& = ")


def test_a_long_note_has_a_box_and_a_short_one_a_column() -> None:
    def row(words: str) -> str:
        return latex.display_rows(d.display(d.line(Name("a"), "=", Name("b"), words)), 34)[0]

    assert row("divide by n") == r"a &= b && \text{divide by n}"
    assert r"\parbox" in row("a very long explanation of something simple " * 2)


def test_theorems_are_defined_where_the_reader_has_none() -> None:
    source = latex.render(sample.document())
    assert r"\newtheorem*{theorem}{Theorem}" in source
    assert r"\begin{theorem}" in source


# pdflatex


def compile_log(source: str, folder: Path) -> str:
    program = shutil.which("pdflatex")
    if program is None:
        pytest.skip("pdflatex is not installed")
    (folder / "t.tex").write_text(source, encoding="ascii")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "t.tex"]
    finished = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = finished.stdout.decode("utf-8", errors="replace")
    assert finished.returncode == 0, log[-1500:]
    return log


def densities() -> list[tuple[Notation, sp.Expr]]:
    a, b, s = sp.symbols("a b s", positive=True)
    mu = sp.Symbol("mu", real=True)
    y, z = sp.symbols("y z", real=True)
    line = Notation((y,), (a, b, s), covariates=(z,))
    normal = Notation((x,), (mu, s))
    two = Notation((x,), (a, b))
    return [
        (sample.NOTATION, sample.DENSITY),
        (normal, sp.exp(-((x - mu) ** 2) / (2 * s**2)) / (s * sp.sqrt(2 * sp.pi))),
        (line, sp.exp(-((y - a - b * z) ** 2) / (2 * s)) / sp.sqrt(2 * sp.pi * s)),
        (two, a * b * x ** (a - 1) * (1 - x**a) ** (b - 1)),
        (two, a * sp.exp(-x * a) * (1 - sp.exp(-x * a)) ** (b - 1)),
        (normal, sp.exp(-(x - mu) / s - sp.exp(-(x - mu) / s)) / s),
        (two, sp.gamma(x + a) / (sp.gamma(a) * sp.factorial(x)) * b**a * (1 - b) ** x),
        (two, (sp.sqrt(x / b) + sp.sqrt(b / x)) / (2 * a * x) * sp.exp(-(x / b + b / x - 2) / (2 * a**2))),
        (two, sp.Piecewise((a + (1 - a) * sp.exp(-b), x < 1), ((1 - a) * sp.exp(-b) * b**x / sp.factorial(x), True))),
    ]


def derivation(notation: Notation, density: sp.Expr) -> d.Document:
    """What a derivation shows of a model, by brute differentiation: longer formulas than a careful one has."""
    data = notation.observed_symbols
    logarithm = sp.expand_log(sp.log(density), force=True)
    ell = sum(
        DataSum(t, data) if t.free_symbols & set(data) else notation.size * t for t in sp.Add.make_args(logarithm)
    )
    first = notation.parameters[0]
    second = [
        d.line(notation.curvature(p, q), "=", notation.write(ell.diff(p, q)), "differentiate once more")
        for p in notation.parameters
        for q in notation.parameters
    ]
    return d.document(
        "A model",
        d.section("Model", d.paragraph("Let ", notation.write(density), " be the density."), number=1),
        d.display(
            d.line(notation.likelihood(), "=", notation.product_over_sample(density)),
            d.line(notation.log_likelihood(), "=", notation.sum_over_sample(logarithm), "the logarithm of a product"),
            d.line(None, "=", notation.write(ell)),
        ),
        d.section(
            "Score",
            d.display(*(d.line(notation.score(p), "=", notation.write(ell.diff(p))) for p in notation.parameters)),
        ),
        d.cases(d.row(make.chain(notation.write(first), ">", make.ZERO), d.display(*second))),
        d.display(d.line(notation.with_hats().write(sp.together(ell.diff(first))), "=", make.ZERO, "at a maximum")),
    )


@pytest.mark.parametrize("document", [sample.document(), derivation(*densities()[0])], ids=["sample", "gamma"])
def test_a_standalone_document_compiles(document: d.Document, tmp_path: Path) -> None:
    assert "Overfull" not in compile_log(latex.render(document, standalone=True), tmp_path)


def test_fragments_compile_together_and_fit_the_page(tmp_path: Path) -> None:
    fragments = [latex.render(derivation(notation, density)) for notation, density in densities()]
    preamble = (
        "\\documentclass{article}\n\\usepackage{amsmath,amssymb,amsthm}\n\\allowdisplaybreaks\n\\begin{document}\n"
    )
    log = compile_log(preamble + "\n".join(fragments) + "\\end{document}\n", tmp_path)
    assert re.findall(r"Overfull \\hbox.*", log) == []
