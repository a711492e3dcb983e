"""The method itself, from a model to a derivation; each stage takes the results of those above it.

model        what is observed, from which density, with which unknowns     (stages/density)
likelihood   product → log → sum, the data as statistics                   (stages/likelihood)
findings     score, equations, roots, ends, one parameter after another    (stages/solution)
cases        which data have a maximum, where, and by which proof          (stages/verification)
steps        all of it as lines, each checked by code that did not make it (audit)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sympy import Expr, Symbol

from symbolic_mle.algebra.patience import patience
from symbolic_mle.algebra.sample import as_sympy_sum
from symbolic_mle.algebra.zeta_derivatives import with_functions
from symbolic_mle.audit import audit
from symbolic_mle.errors import ModelError
from symbolic_mle.exposition.document import Document
from symbolic_mle.exposition.telling import Sections, chosen, tell
from symbolic_mle.inference import (
    FiniteSample,
    FunctionOfParameters,
    MethodOfMoments,
    Precision,
    Premise,
    Reweighting,
    conditions,
    finite_sample_facts,
    function_of_parameters,
    method_of_moments,
    precision,
    reweighting,
)
from symbolic_mle.model import Model
from symbolic_mle.reading import read_expression
from symbolic_mle.records import Case, Existence, Form, Proof, Specification, Step
from symbolic_mle.render import html, json, latex, markdown, text
from symbolic_mle.stages.likelihood import Likelihood, build_likelihood
from symbolic_mle.stages.solution.cases import Findings
from symbolic_mle.stages.steps import write_steps
from symbolic_mle.stages.verification import verify
from symbolic_mle.stages.ways import find


def derive(
    model: Any, variable: Any = None, parameters: Any = (), *, budget: float = 20.0, **options: Any
) -> Derivation:
    """The derivation of the maximum likelihood estimator of a model.

    ``derive(model)`` takes a ``Model`` or the name of one in the catalogue; ``derive(density, x, theta, ...)`` makes the model
    first. ``budget`` is in seconds: when it is spent, what is not proved by then is reported as not proved.
    Raises ``ModelError`` for what is not a model.
    """
    if isinstance(model, str):
        model = Model.named(model)
    elif not isinstance(model, Model):
        model = Model(model, variable, parameters, **options)
    specification = model.specification
    with patience(budget / 4):  # for proofs; the rest of the budget is for what cannot be interrupted
        likelihood = build_likelihood(specification)
        findings = find(likelihood, specification)
    with patience(budget / 10):
        findings = verify(findings, likelihood, specification)
    steps = write_steps(specification, likelihood, findings)
    audit(steps, findings.within or specification)
    for part in getattr(findings.argument, "parts", ()):  # derivations inside the derivation
        audit(part.steps, part.model)
    return Derivation(specification, likelihood, findings, steps)


@dataclass(frozen=True)
class Derivation:
    """What was found for a model: cases of the data, estimators, proofs, and the steps that lead there."""

    model: Specification
    likelihood: Likelihood
    findings: Findings
    steps: tuple[Step, ...]

    @property
    def searched(self) -> Specification:
        """The model, with its space cut down to where the search took place."""
        return self.findings.within or self.model

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case of the data; the first is the generic one."""
        return self.findings.cases

    @property
    def form(self) -> Form:
        """How much of the generic estimator is a formula."""
        generic = self.cases[0]
        formulas = set(self.model.parameters) <= generic.estimators.keys()  # a locator beside them finds the ties
        searched = generic.implicit is not None or (generic.locator is not None and not generic.counted)
        if formulas or not (searched or generic.existence is Existence.UNKNOWN):
            return Form.CLOSED
        return Form.PARTLY_CLOSED if generic.estimators or generic.ranges else Form.IMPLICIT

    @property
    def proof(self) -> Proof:
        """What is proved for the generic case."""
        return self.cases[0].proof

    @cached_property
    def estimators(self) -> dict[Symbol, Expr]:
        """{parameter: expression in the sample} for the generic case; the sums are SymPy's, over ``x[i]``, i = 1 … n."""
        return {
            self.model.published(p): self.model.published(as_sympy_sum(e, self.model.size))
            for p, e in self.cases[0].estimators.items()
        }

    def estimate(self, data: Any, known: Mapping[str, float] | None = None) -> Any:
        """The estimate on data: see ``symbolic_mle.estimation.estimate``."""
        from symbolic_mle.estimation import estimate

        return estimate(self, data, known)

    # ------------------------------------------------------------------ how precise it is

    @cached_property
    def precision(self) -> Precision:
        """What is derived of the precision of the estimate, in the engine's own symbols."""
        argument = self.findings.argument
        return precision(self.likelihood, self.model, self.cases[0], argument is None or argument.regular)

    @cached_property
    def reweighting(self) -> Reweighting | None:
        """Fisher scoring of a regression with one linear predictor, as a least-squares fit; in the engine's own symbols."""
        predictors: tuple[Expr, ...] = getattr(self.findings.argument, "predictors", ())
        return reweighting(self.likelihood.log_density, predictors[0], self.model) if len(predictors) == 1 else None

    @cached_property
    def conditions(self) -> tuple[Premise, ...]:
        """The conditions of the theory of large samples, each True, False or (assumed) None."""
        return conditions(self.model, self.precision.information, self.cases[0])

    @cached_property
    def finite_sample(self) -> tuple[FiniteSample, ...]:
        """E θ̂ and Var θ̂ for every n, for the estimators whose law is known; in the engine's own symbols."""
        return finite_sample_facts(self.likelihood, self.model, self.cases)

    @cached_property
    def method_of_moments(self) -> MethodOfMoments | None:
        """The moment equations of a model of one variable and their solution; in the engine's own symbols."""
        return method_of_moments(self.likelihood, self.model, self.cases[0])

    @property
    def moment_equation(self) -> MethodOfMoments | None:
        """The method of moments for a model with one parameter: ``mean`` is E[Xʲ], to be equated to the average of the xᵢʲ."""
        return self.method_of_moments if len(self.model.parameters) == 1 else None

    @property
    def fisher_information(self) -> Any:
        """Of one observation: an expression, a matrix for several parameters, None where it is not derived."""
        return self._published_matrix(self.precision.fisher)

    @property
    def observed_information(self) -> Any:
        """−∇²ℓ of the sample at an interior maximum in closed form; None elsewhere."""
        return self._published_matrix(self.precision.observed)

    @property
    def standard_errors(self) -> dict[Symbol, Expr] | None:
        """{parameter: large-sample standard error} at an interior maximum in closed form; None elsewhere."""
        found = self.precision.errors
        return found and {self.model.published(p): self._in_sympy(e) for p, e in found.items()}

    def function(self, g: Any) -> FunctionOfParameters:
        """g(θ) by invariance: its estimator, standard error (delta method), and whether g is one-to-one.

        ``g`` is a SymPy expression in the parameters and known constants, or text: ``d.function("p/(1 - p)")``.
        """
        found = function_of_parameters(self.read_function(g), self.model, self.cases[0], self.precision)
        published = self.model.published
        return replace(
            found,
            expression=published(found.expression),
            gradient=tuple(map(published, found.gradient)),
            estimator=None if found.estimator is None else self._in_sympy(found.estimator),
            standard_error=None if found.standard_error is None else self._in_sympy(found.standard_error),
        )

    def read_function(self, g: Any) -> Expr:
        """A function of the parameters in the engine's own symbols."""
        ours = {self.model.published(s).name: s for s in (*self.model.parameters, *self.model.known)}
        expression = read_expression(g, ours) if isinstance(g, str) else g
        if not isinstance(expression, Expr):
            raise ModelError(f"function: got {type(g).__name__}, needed an expression in the parameters")
        expression = expression.xreplace({s: ours[s.name] for s in expression.free_symbols if s.name in ours})
        stray = sorted(s.name for s in expression.free_symbols - set(ours.values()))
        if stray:
            raise ModelError(f"function: {', '.join(stray)} is neither a parameter nor a known constant of the model")
        return expression

    def _in_sympy(self, expr: Expr) -> Expr:
        return self.model.published(with_functions(as_sympy_sum(expr, self.model.size)))

    def _published_matrix(self, matrix: Any) -> Any:
        if matrix is None:
            return None
        return self._in_sympy(matrix[0, 0]) if matrix.shape == (1, 1) else matrix.applyfunc(self._in_sympy)

    # ------------------------------------------------------------------ what the reader sees

    @cached_property
    def document(self) -> Document:
        """The derivation as a document tree, with the sections that are told unasked."""
        return tell(self)

    def told(self, sections: Sections = None) -> Document:
        """The document with other sections: names of ``SECTIONS`` in a list or separated by commas, or "all"."""
        return self.document if sections is None else tell(self, chosen(sections))

    def to_text(self, width: int = 100, ascii: bool = False, sections: Sections = None) -> str:
        """Plain text for a terminal, Unicode unless ``ascii``."""
        return text.render(self.told(sections), width, ascii)

    def to_latex(self, document: bool = False, sections: Sections = None) -> str:
        """LaTeX as a fragment, or as a document that compiles by itself (amsmath, amssymb, amsthm)."""
        return latex.render(self.told(sections), standalone=document)

    def to_markdown(self, sections: Sections = None) -> str:
        """Markdown with $…$ and $$…$$."""
        return markdown.render(self.told(sections))

    def to_html(self, document: bool = False, sections: Sections = None) -> str:
        """HTML with MathML."""
        return html.render(self.told(sections), standalone=document)

    def to_json(self, indent: int | None = None, sections: Sections = None) -> str:
        """The document tree as JSON."""
        return json.render(self.told(sections), indent)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        names = ", ".join(p.name for p in self.model.parameters)
        return f"Derivation({names}: {self.form.value}, proof {self.proof.value}, {len(self.cases)} cases)"

    def _latex(self, printer: Any = None) -> str:
        """What ``sympy.latex`` prints."""
        return self.to_latex()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What Jupyter shows."""
        return {"text/plain": self.to_text(), "text/markdown": self.to_markdown(), "text/latex": self.to_latex()}
