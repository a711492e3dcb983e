"""Finds maximisers on data where they are no formula: each kind of ``records.Locator`` is a file here.

    finite_set.py  the largest of finitely many likelihoods
    log_affine.py  weights of logarithms of affine functions on a polyhedron: a barrier, then multipliers
    neighbours.py  an integer parameter: where the change of the log-likelihood turns
    heights.py     the log-likelihood of given data with its support: −∞ where an observation is impossible

    certified.py   all maximisers of a smooth log-likelihood, by branch and bound in interval arithmetic (branch_and_bound.py,
                   boxes.py, enclosing.py, interval_arithmetic.py, narrow_forms.py)

May import the errors, the algebra and the records.
"""
