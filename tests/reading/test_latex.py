r"""LaTeX: its own rules for letters, spaces and arguments, and the commands of a formula."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Rational, exp, gamma, log, sqrt

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import read_domain, read_expression, read_relations

NAMES = {name: sp.Symbol(name) for name in ["x", "y", "n", "k", "m", "p", "a", "b", "lambda", "mu", "theta", "sigma"]}
x, y, n, k, m, p, a, b, lam, mu, theta, sigma = NAMES.values()


def read(text: str) -> sp.Expr:
    return read_expression(text, NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\frac{1}{x}", 1 / x),
        (r"\tfrac{1}{x}", 1 / x),
        (r"\dfrac1x", 1 / x),
        (r"\frac12 x", x / 2),
        (r"\frac ab", a / b),
        (r"\frac1{2x}", 1 / (2 * x)),
        (r"\frac{\frac{a}{b}}{x}", a / (b * x)),
        (r"\frac{x}{y}^2", (x / y) ** 2),
        (r"\frac{n}{2}\log\theta", n * log(theta) / 2),
        (r"\frac1{nm}", 1 / (n * m)),
        (r"\frac{1}{2} \frac{1}{x}", 1 / (2 * x)),
        (r"\sqrt{x}", sqrt(x)),
        (r"\sqrt x y", sqrt(x) * y),
        (r"\sqrt2 x", sqrt(2) * x),
        (r"\sqrt 2x", sqrt(2) * x),
        (r"\sqrt[3]{x}", x ** Rational(1, 3)),
        (r"\sqrt{x}^2 y", x * y),
        (r"\sqrt[n]{x}", x ** (1 / n)),
        (r"\binom{n}{k}", sp.binomial(n, k)),
        (r"\binom nk", sp.binomial(n, k)),
        (r"\dbinom{n}{2}", sp.binomial(n, 2)),
        (r"\mu x^{12}", mu * x**12),
        (r"\mu x^2y", mu * x**2 * y),
        (r"p^x(1-p)^{1-x}\,", p**x * (1 - p) ** (1 - x)),
        (r"\lambda p^xq", None),
        (r"\mu^{-1}", 1 / mu),
        (r"\mu^-1", 1 / mu),
        (r"\mu^\theta", mu**theta),
        (r"x^\frac{1}{2}", sqrt(x)),
        (r"{x^\mu}^n", (x**mu) ** n),
        (r"x^{\mu^n}", x ** (mu**n)),
        (r"\mu p^nx", mu * p**n * x),
        (r"{\mu}x", mu * x),
        (r"\lambda e^{-\lambda x}", lam * exp(-lam * x)),
        (r"\mathrm{e}^{-\mu}", exp(-mu)),
        (r"xe^{-\mu x}", x * exp(-mu * x)),
        (r"\exp(-x)", exp(-x)),
        (r"\exp\left(-x\right)", exp(-x)),
        (r"\exp\left\{-\frac{x}{\theta}\right\}", exp(-x / theta)),
        (r"\exp\!\left[-x\right]", exp(-x)),
        (r"\exp\{-x\}", exp(-x)),
        (r"\exp{(-x)}", exp(-x)),
        (r"\exp\Bigl(-x\Bigr)", exp(-x)),
        (r"\log x", log(x)),
        (r"\ln(x)", log(x)),
        (r"\log_{10} x", log(x) / log(10)),
        (r"\log_2(x)", log(x) / log(2)),
        (r"\log\Gamma(k)", log(gamma(k))),
        (r"\log^2 x", log(x) ** 2),
        (r"\Gamma(k)^n", gamma(k) ** n),
        (r"\psi(k)", sp.digamma(k)),
        (r"\sin\theta\cos\theta", sp.sin(theta) * sp.cos(theta)),
        (r"\ln\frac{1}{x}", log(1 / x)),
        (r"\arctan(x)\mu", sp.atan(x) * mu),
        (r"\operatorname{Beta}(a, b)", sp.beta(a, b)),
        (r"\mathrm{B}(a,b)", sp.beta(a, b)),
        (r"\max(a, b)\mu", sp.Max(a, b) * mu),
        (r"\left|x - \mu\right|", sp.Abs(x - mu)),
        (r"\lvert x-\mu\rvert", sp.Abs(x - mu)),
        (r"|x-\mu|", sp.Abs(x - mu)),
        (r"\left\lvert x\right\rvert\mu", sp.Abs(x) * mu),
        (r"\mid x \mid \mu", sp.Abs(x) * mu),
        (r"\left|\left|x\right|-\mu\right|", None),
        (r"x \cdot \mu \times 2", 2 * x * mu),
        (r"x\,\mu\;y\quad n\ m", x * mu * y * n * m),
        (r"\displaystyle\mu", mu),
        (r"2\pi", 2 * sp.pi),
        (r"\frac{\lambda^x e^{-\lambda}}{x!}", lam**x * exp(-lam) / sp.factorial(x)),
        (r"\varepsilon", None),
        (
            r"\frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
            exp(-((x - mu) ** 2) / (2 * sigma**2)) / sqrt(2 * sp.pi * sigma**2),
        ),
    ],
)
def test_formulas(text: str, expected: sp.Expr | None) -> None:
    others = {"q": sp.Symbol("q"), "epsilon": sp.Symbol("epsilon")}
    missing = {
        r"\lambda p^xq": lam * p**x * others["q"],
        r"\varepsilon": others["epsilon"],
        r"\left|\left|x\right|-\mu\right|": sp.Abs(sp.Abs(x) - mu),
    }
    assert read_expression(text, NAMES | others) == (missing[text] if expected is None else expected)


@pytest.mark.parametrize(
    ("latex", "unicode", "ascii_"),
    [
        (r"\lambda e^{-\lambda x}", "λ e^(−λ x)", "lambda*exp(-lambda*x)"),
        (
            r"\frac{x^{k-1} e^{-x/\theta}}{\Gamma(k)\,\theta^k}",
            "xᵏ⁻¹ e^(−x/θ)/(Γ(k) θᵏ)",
            "x**(k-1)*exp(-x/theta)/(gamma(k)*theta**k)",
        ),
        (r"\binom{n}{x} p^x (1-p)^{n-x}", "C(n, x) pˣ (1 − p)ⁿ⁻ˣ", "binomial(n, x)*p**x*(1-p)**(n-x)"),
        (r"\frac{1}{2b} e^{-\left|x-\mu\right|/b}", "1/(2b) e^(−|x − μ|/b)", "exp(-Abs(x - mu)/b)/(2*b)"),
        (r"\theta x^{\theta - 1}", "θ x^(θ−1)", "theta*x**(theta-1)"),
        (r"\frac{1}{\pi(1 + (x-\theta)^2)}", "1/(π(1 + (x − θ)²))", "1/(pi*(1 + (x - theta)**2))"),
        (r"\sqrt{\frac{\lambda}{2\pi x^3}}", "√(λ/(2πx³))", "sqrt(lambda/(2*pi*x**3))"),
        (r"\mu\ln x - \ln x!", "μ ln x − ln x!", "mu*log(x) - log(factorial(x))"),
    ],
)
def test_three_notations_mean_the_same(latex: str, unicode: str, ascii_: str) -> None:
    assert read(latex) == read(unicode) == read(ascii_)


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{cases} x & x > 0 \\ -x & \text{otherwise} \end{cases}",
        r"\begin{cases} x, & \text{if } x > 0, \\ -x, & \text{otherwise.} \end{cases}",
        r"\begin{cases} x & \text{for } x > 0 \\ -x & x \le 0 \\ \end{cases}",
        r"\begin{cases} x & x > 0 \\ -x & \mbox{else} \end{cases}",
    ],
)
def test_cases(text: str) -> None:
    found = read(text)
    assert (found.subs(x, 3), found.subs(x, -3)) == (3, 3)


def test_cases_with_two_conditions_in_a_row() -> None:
    found = read(r"\mu\begin{cases} 1 & x > 0, x < 1 \\ 0 & \text{otherwise} \end{cases}")
    assert (found.subs(x, Rational(1, 2)), found.subs(x, 2)) == (mu, 0)


@pytest.mark.parametrize(
    "text", [r"\mathbb{1}\{x > 0\}", r"\mathbf{1}_{\{x > 0\}}", r"\mathbb 1(x > 0)", r"1\{x > 0\}", r"\mathbb{1}_{x>0}"]
)
def test_indicators(text: str) -> None:
    found = read(text)
    assert (found.subs(x, 2), found.subs(x, -2)) == (1, 0)


def test_relations_and_domains() -> None:
    above, from_zero = sp.Lt(0, x), sp.Le(0, x)
    assert read_relations(r"0 < x \le \theta", NAMES) == (above, x <= theta)
    assert read_relations(r"x \in \left(0, \infty\right), \theta \ne 0", NAMES) == (above, sp.Ne(theta, 0))
    assert read_relations(r"0 \leqslant x \land x \geq y", NAMES) == (from_zero, x >= y)
    assert read_domain(r"x \in \{0, 1, \ldots, n\}", NAMES).relations == (from_zero, x <= n)
    assert read_domain(r"x = 0, 1, 2, \dots", NAMES).integer
    assert read_domain(r"\mu \in \mathbb{R}", NAMES).relations == ()
    assert read_domain(r"x \in \mathbb{Z}", NAMES).integer


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (r"\input{x}", r"'\\input' is not read"),
        (r"\immediate\write18{id}", r"'\\immediate' is not read"),
        (r"\write18{id}", r"\\write"),
        (r"\def\x{}", r"\\def"),
        (r"\csname x\endcsname", r"\\csname"),
        (r"\sum_{i=1}^n x", "sums over the sample"),
        (r"\prod x", "products over"),
        (r"\int x", "integrals"),
        (r"\partial x", "derivatives"),
        (r"{n \choose k}", r"write \\binom"),
        (r"\(x\)", "delimiters"),
        (r"\text{if } x", "not expected"),
        (r"x \text{ and } y", "not expected"),
        (r"\begin{array} x \end{array}", "environment 'array'"),
        (r"\begin{cases} x & x > 0", "the text ends"),
        (r"\begin{cases} x \end{cases}", "the condition of this case"),
        (r"\begin{cases} x & x>0 \end{array}", "does not close"),
        (r"\left( x", "the text ends"),
        (r"\left. x", "a bracket or a bar"),
        (r"\left( x \right", "a bracket or a bar"),
        (r"\frac{x}", "the text ends"),
        (r"\frac{x}{", "the text ends"),
        (r"\sqrt", "the text ends"),
        (r"\mu x^12", "two ways"),
        (r"\mu_{a+b}", "not one name"),
        (r"\mu^x^y", "braces around one"),
        (r"\mathbf{x}", "bold or double"),
        (r"\mathbb{N}", "say where the integers start"),
        ("\\", "backslash without a command"),
        (r"\ ", "nothing was given|text ends"),
        (r"\lambda %", "'%' has no meaning"),
        (r"\pm x", "two expressions"),
        (r"2e-3\mu", "two ways"),
        (r"x \\ y", "not expected"),
        (r"\operatorname", "without a letter"),
        (r"\text", "without its braces"),
        (r"\sin^{-1} x", "two ways"),
        (r"\gamma(k)", "not the gamma function"),
    ],
)
def test_refusals(text: str, problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        read(text)


def test_spaces_mean_nothing_in_latex_and_a_run_of_letters_is_a_product() -> None:
    assert read(r"\mu xy") == read(r"\mu x y") == mu * x * y
    with pytest.raises(ReadingError, match="two ways"):
        read(r"1/2 \mu")  # set, this is 1/2μ
    assert read(r"1/2\,\mu") == mu / 2


def test_a_known_word_against_tex_s_rule_of_one_letter() -> None:
    names = {name: sp.Symbol(name) for name in ("x", "rate", "mu")}
    assert read_expression(r"\mu^{rate}", names) == names["mu"] ** names["rate"]
    with pytest.raises(ReadingError, match="two ways"):
        read_expression(r"\mu^rate", names)
