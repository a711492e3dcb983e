"""What a locator with one maximiser in exact numbers has in common with the others: it can be called like them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.records import Located, Specification


class ExactLocator(ABC):
    """A locator whose maximiser goes into conditions on other parameters, where rounding would decide wrongly."""

    __slots__ = ()

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        return self.exactly(model, known, sample)[0]

    @abstractmethod
    def exactly(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> tuple[Located, dict[Symbol, Any]]:
        """The maximisers, and one of them in exact numbers."""
