"""Somebody's claim or working, held against a model: ``check`` for estimators, ``check_working`` for derivations.

reading_claims   "\\hat\\theta = 2\\bar{x}" → a tree
evaluation       a tree → its value at a sample
likelihood       the likelihood straight from the density
sampling         small samples that the model can produce
truth, search    where the likelihood is largest at a sample
outcomes         claim and maximum at a sample, compared by their likelihoods
diagnosis        what a wrong claim is, with relations, moments and sign_errors
claims           ``check``: verdict, diagnosis, counterexample
carried          lines after a mistake, held against the student's own lines
working          ``check_working``: the marks of all lines
report, remarks  the marks as a document
files            files, folders and tables → the lines of workings
batch            the workings of a class, on any executor
results          the table and the statistics of a class
"""

from __future__ import annotations

from symbolic_mle.marking.batch import mark_many
from symbolic_mle.marking.claims import Counterexample, Verdict, check
from symbolic_mle.marking.files import lines_of, read_workings
from symbolic_mle.marking.report import LineVerdict, WorkingReport
from symbolic_mle.marking.results import Result, Results
from symbolic_mle.marking.working import check_working

__all__ = [
    "Counterexample",
    "LineVerdict",
    "Result",
    "Results",
    "Verdict",
    "WorkingReport",
    "check",
    "check_working",
    "lines_of",
    "mark_many",
    "read_workings",
]
