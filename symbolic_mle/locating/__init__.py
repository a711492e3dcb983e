"""Finds maximisers on data where they are no formula: each kind of ``records.Locator`` is a file here.

    heights.py        the log-likelihood of given data with its support: −∞ where an observation is impossible
    exact.py          what locators have in common whose maximiser is exact

    peak.py           a concave log-likelihood with corners; whole.py over whole numbers; candidates.py cells compared
                      (kinked.py, arrangement.py)
    vertices.py       least absolute deviations; profiled.py with other parameters as formulas
    least_squares.py  coefficients without full rank; common_mean.py of groups with spreads of their own
    concave.py        linear predictors, with separation.py
    log_affine.py     weights of logarithms of affine functions on a polyhedron: a barrier, then multipliers
    falling_score.py  a decreasing score between ends that the data give; integers_between.py whole numbers there
    finite_set.py     the largest of finitely many likelihoods
    neighbours.py     an integer parameter: where the change of the log-likelihood turns
    rational_score.py all roots of a rational score
    certified.py      all maximisers of a smooth log-likelihood, by branch and bound in interval arithmetic
                      (branch_and_bound.py, boxes.py, enclosing.py, interval_arithmetic.py, narrow_forms.py)

May import the errors, the algebra and the records.
"""
