"""The errors of the package, one tree.

    MLEError
    ├── ModelError       not a model: unknown names, an empty space, a density that does not integrate to 1
    ├── DataError        data that are impossible under every parameter value, of the wrong shape, or not finite
    ├── ReadingError     text that was not understood, with the position and what was expected
    ├── InferenceError   a standard error or interval that is not justified for these data, or not computed
    └── AuditError       a step of a derivation that failed its own check (a defect of the package; never printed as a result)

A message says what was given, what was needed and what to try. "There is no maximum" and "undecided" are results, not errors.
"""

from __future__ import annotations


class MLEError(Exception):
    """Base of every error that the package raises on purpose."""


class ModelError(MLEError):
    """The input is not a statistical model."""


class DataError(MLEError):
    """The data do not belong to the model."""


class ReadingError(MLEError):
    """Text that was not understood.

    ``position`` counts characters from 0 in ``text``; ``expected`` says what could have stood there.
    """

    def __init__(self, message: str, text: str = "", position: int = 0, expected: str = "") -> None:
        self.text, self.position, self.expected = text, position, expected
        super().__init__(message)


class InferenceError(MLEError):
    """No standard error or confidence interval: the theory does not apply to these data, or the request is not one."""


class AuditError(MLEError):
    """A step of a derivation did not survive its own check."""
