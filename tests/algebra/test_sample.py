"""Sums over the sample: derivative, signs, bound symbols, and the same number as the sum written out."""

from __future__ import annotations

import pickle

import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum, as_sympy_sum, mean, outermost_sums, sealed

x, y = sp.symbols("x y", positive=True)
t = sp.Symbol("t", positive=True)
r = sp.Symbol("r", real=True)
n = sp.Symbol("n", integer=True, positive=True)
SAMPLE = [sp.Rational(1, 2), sp.Integer(3), sp.Rational(7, 3)]


def written_out(total: Expr, values: list[Expr] = SAMPLE) -> Expr:
    """The expression with its sums replaced by the numbers that they are."""

    def evaluated(s: DataSum) -> Expr:
        inner = s.summand.replace(lambda e: isinstance(e, DataSum), evaluated)
        return sp.Add(*(inner.xreplace({s.variables[0]: value}) for value in values))

    return total.replace(lambda e: isinstance(e, DataSum), evaluated).subs(n, len(values))


@pytest.mark.parametrize(
    "summand", [x**t, sp.log(x + t), sp.exp(-x / t), t * x, sp.sqrt(x), sp.loggamma(x + t)], ids=str
)
def test_the_derivative_goes_under_the_sum(summand: Expr) -> None:
    total = DataSum(summand, x)
    assert sp.simplify(written_out(total.diff(t)) - written_out(total).diff(t)) == 0
    assert sp.simplify(written_out(total.diff(t, 2)) - written_out(total).diff(t, 2)) == 0


def test_a_sum_free_of_a_symbol_has_derivative_zero() -> None:
    assert DataSum(x, x).diff(t) == 0
    assert (t * DataSum(x, x)).diff(t) == DataSum(x, x)


def test_the_derivative_of_a_sum_within_a_sum() -> None:
    """d/dt Σ (xᵢ − t x̄)², where x̄ is a number as far as the outer sum is concerned."""
    total = DataSum((x - t * mean(x, x, n)) ** 2, x)
    assert sp.simplify(written_out(total.diff(t)) - written_out(total).diff(t)) == 0


def test_the_variable_is_bound() -> None:
    total = DataSum(x * t, x)
    assert total.free_symbols == {t}
    assert total.subs(x, 5) == total
    assert total.subs(t, 2) == DataSum(2 * x, x)
    assert total.diff(x) == 0


def test_substitution_of_an_expression_that_holds_the_variable() -> None:
    """x bound in the sum is not the x that is substituted: Σ (xᵢ + t) at t = x may not become Σ 2xᵢ."""
    found = DataSum(x + t, x).subs(t, x)
    assert found != DataSum(2 * x, x)


@pytest.mark.parametrize(
    ("summand", "sign"),
    [(x, "positive"), (-x, "negative"), (x**2, "positive"), (r**2, "nonnegative"), (-(r**2), "nonpositive")],
    ids=str,
)
def test_signs_follow_from_the_summand(summand: Expr, sign: str) -> None:
    assert getattr(DataSum(summand, r if summand.has(r) else x), f"is_{sign}") is True


def test_no_sign_is_claimed_that_the_sum_need_not_have() -> None:
    """Terms that are not all of one sign may add up to anything; a sum of nonzero terms may be 0."""
    total = DataSum(r, r)
    assert total.is_positive is None
    assert total.is_negative is None
    assert total.is_zero is None
    assert DataSum(r - 1, r).is_nonnegative is None
    nonzero = sp.Symbol("z", real=True, nonzero=True)
    assert DataSum(nonzero, nonzero).is_zero is None


def test_a_sum_of_nonnegative_terms_may_be_zero() -> None:
    assert DataSum(r**2, r).is_positive is None
    assert DataSum(r**2, r).is_zero is None


@pytest.mark.parametrize("even", [True, False])
def test_parity_is_not_inherited(even: bool) -> None:
    """Two odd numbers have an even sum."""
    odd = sp.Symbol("z", integer=True, odd=True)
    assert DataSum(odd, odd).is_odd is None
    assert DataSum(odd, odd).is_even is None


def test_integers_add_up_to_integers_and_others_may_too() -> None:
    whole = sp.Symbol("z", integer=True)
    assert DataSum(whole, whole).is_integer is True
    half = sp.Symbol("h", integer=True) + sp.Rational(1, 2)
    assert DataSum(half, *half.free_symbols).is_integer is not False
    assert DataSum(half, *half.free_symbols).is_rational is not False


def test_outermost_sums() -> None:
    inner = DataSum(x, x)
    outer = DataSum((x - inner / n) ** 2, x)
    assert outermost_sums(outer + 2 * inner) == {outer, inner}
    assert outermost_sums(outer * t) == {outer}
    assert outermost_sums(t + 1) == set()


def test_a_function_does_not_see_into_a_sealed_sum() -> None:
    total = DataSum((x + 1) ** 2, x)
    assert sealed(sp.expand, t * (total + t)) == t * total + t**2
    seen: list[Expr] = []
    sealed(lambda e: seen.append(e) or e, total)  # type: ignore[func-returns-value]
    assert not seen[0].has(DataSum)
    assert seen[0].is_positive


def test_two_variables() -> None:
    total = DataSum(x * y * t, (x, y))
    assert total.free_symbols == {t}
    assert total.diff(t) == DataSum(x * y, (x, y))


def test_as_a_sum_of_sympy() -> None:
    found = as_sympy_sum(DataSum(x**2, x) / n, n)
    assert not found.has(DataSum)
    (total,) = found.atoms(sp.Sum)
    assert total.limits[0][1:] == (1, n)
    base = next(iter(found.atoms(sp.IndexedBase)))
    numbers = {base[i + 1]: value for i, value in enumerate(SAMPLE)}
    assert found.subs(n, 3).doit().xreplace(numbers) == sum(v**2 for v in SAMPLE) / 3


def test_a_sum_within_a_sum_has_an_index_of_its_own() -> None:
    found = as_sympy_sum(DataSum((x - mean(x, x, n)) ** 2, x), n)
    base = next(iter(found.atoms(sp.IndexedBase)))
    numbers = {base[i + 1]: value for i, value in enumerate(SAMPLE)}
    average = sum(SAMPLE) / 3
    assert found.subs(n, 3).doit().xreplace(numbers) == sum((v - average) ** 2 for v in SAMPLE)


def test_equality_hashing_and_pickling() -> None:
    assert DataSum(x, x) == DataSum(x, (x,))
    assert hash(DataSum(x, x)) == hash(DataSum(x, (x,)))
    assert DataSum(x, x) != DataSum(x**2, x)
    again = pickle.loads(pickle.dumps(DataSum(x * t, x)))  # noqa: S301
    assert again == DataSum(x * t, x)
    assert again.variables == (x,)
