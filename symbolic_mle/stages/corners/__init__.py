"""Log-likelihoods with corners or jumps in a parameter, where the likelihood equation misses the maximum.

taking_apart.py   log f as smooth pieces between corners, on the scale on which the corners are affine
shape.py          what is proved of ℓ: concave, or convex or concave between neighbouring corners
locating/         the maximisers on data: peak.py for a concave ℓ, candidates.py for one that is not
"""

from __future__ import annotations

from symbolic_mle.stages.corners.way import attempt

__all__ = ["attempt"]
