"""What follows from a derivation for the precision of the estimate."""

from __future__ import annotations

from symbolic_mle.inference.functions import FunctionOfParameters, function_of_parameters
from symbolic_mle.inference.precision import Precision, precision

__all__ = ["FunctionOfParameters", "Precision", "function_of_parameters", "precision"]
