"""Replays a derivation."""

from __future__ import annotations

from symbolic_mle.records import Specification, Step


def audit(steps: tuple[Step, ...], model: Specification) -> None:
    """TODO"""
