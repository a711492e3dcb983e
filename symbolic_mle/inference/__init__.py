"""What follows from a derivation for the precision of the estimate: information, standard errors, functions, exact laws."""

from __future__ import annotations

from symbolic_mle.inference.exact_laws.facts import FiniteSample
from symbolic_mle.inference.finite_sample import finite_sample_facts
from symbolic_mle.inference.functions import FunctionOfParameters, function_of_parameters
from symbolic_mle.inference.method_of_moments import MethodOfMoments, method_of_moments
from symbolic_mle.inference.precision import Precision, precision
from symbolic_mle.inference.regularity import Premise, conditions
from symbolic_mle.inference.reweighting import Reweighting, reweighting

__all__ = [
    "FiniteSample",
    "FunctionOfParameters",
    "MethodOfMoments",
    "Precision",
    "Premise",
    "Reweighting",
    "conditions",
    "finite_sample_facts",
    "function_of_parameters",
    "method_of_moments",
    "precision",
    "reweighting",
]
