"""Parameter spaces with gaps: the maximum over the whole interval where it is allowed, else at an end of the gap.

gaps.py   one parameter whose space is an interval with gaps, in a model of one or several
"""

from __future__ import annotations

from symbolic_mle.stages.restricted.gaps import attempt

__all__ = ["attempt"]
