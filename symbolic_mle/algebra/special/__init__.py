"""Special functions on NumPy arrays to full double precision, since NumPy has none and SciPy is only a test oracle.

Each takes scalars or arrays of real numbers and answers in the same shape: nan outside the real domain, ±inf at a
pole that is approached from the right, never a warning. Relative errors are a few units in the last place where the
function is well conditioned (near a zero the error is a few units of the argument's last place, times the slope).

May import NumPy only. To add a function: a file by its family, one formula per region of the argument
(``regions.evaluate``), and a test against mpmath over the whole range, tiny and huge arguments included.
"""

from __future__ import annotations

from symbolic_mle.algebra.special.bessel import besseli, besselk, log_besseli, log_besselk
from symbolic_mle.algebra.special.error_function import erf, erfc, erfcinv, erfinv, log_erfc
from symbolic_mle.algebra.special.gamma_function import digamma, gamma, lgamma, log_gamma_ratio, log_minus_digamma
from symbolic_mle.algebra.special.gamma_relatives import beta, betaln, binomial, log_binomial, polygamma
from symbolic_mle.algebra.special.lambert import lambert_w
from symbolic_mle.algebra.special.zeta_function import hurwitz_zeta, zeta

__all__ = [
    "besseli",
    "besselk",
    "beta",
    "betaln",
    "binomial",
    "digamma",
    "erf",
    "erfc",
    "erfcinv",
    "erfinv",
    "gamma",
    "hurwitz_zeta",
    "lambert_w",
    "lgamma",
    "log_besseli",
    "log_besselk",
    "log_binomial",
    "log_erfc",
    "log_gamma_ratio",
    "log_minus_digamma",
    "polygamma",
    "zeta",
]
