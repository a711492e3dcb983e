"""Inverses of small symbolic matrices, by cofactors: elimination piles up fractions that nobody cancels."""

from __future__ import annotations

import sympy as sp

from symbolic_mle.algebra.sample import sealed


def inverse(matrix: sp.Matrix) -> sp.Matrix | None:
    """adj(A)/det(A) with factored entries; None where the determinant is 0.

    >>> a = sp.Symbol("a")
    >>> inverse(sp.Matrix([[a, 0], [0, 2]]))
    Matrix([
    [1/a,   0],
    [  0, 1/2]])
    """
    determinant = sealed(sp.factor, matrix.det(method="berkowitz"))
    if determinant == 0:
        return None
    return matrix.adjugate().applyfunc(lambda entry: sealed(sp.factor, entry / determinant))
