"""Model(...) and Model.parse(...): from what a user gives to a checked specification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.coefficients import positive_where
from symbolic_mle.algebra.indicators import without_indicators
from symbolic_mle.algebra.intervals import Interval, interval_of, with_joined_ends
from symbolic_mle.algebra.pieces import pieces
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.errors import ModelError
from symbolic_mle.from_sympy import domain_of, from_random_variable, relations_of, symbols_of
from symbolic_mle.reading import Domain, read_domain, read_expression, read_name, read_relations
from symbolic_mle.records import Specification, Support
from symbolic_mle.stages.covariates import with_covariate_spaces
from symbolic_mle.stages.density import check_density
from symbolic_mle.stages.sample_signs import find_sign


class Model:
    """A statistical model: n independent observations from a density or probability function.

    ``Model(density, x, (k, theta), support=..., space={k: ..., theta: ...}, known=(...))`` takes SymPy objects: supports and
    spaces are SymPy sets or relations (or several in a tuple), and default to what the symbols' assumptions say.
    ``Model(X, parameters=(k, theta))`` takes a random variable of ``sympy.stats``; ``Model.parse(...)`` takes text.
    Raises ``ModelError`` for anything that is not a model; ``checked=False`` leaves out the test that the density is
    nonnegative and integrates to 1.
    """

    specification: Specification

    def __init__(
        self,
        density: Any,
        variable: Any = None,
        parameters: Any = (),
        *,
        support: Any = None,
        space: Mapping[Any, Any] | None = None,
        known: Any = (),
        discrete: bool | None = None,
        constraints: Iterable[Basic] = (),
        covariates: Any = (),
        checked: bool = True,
    ) -> None:
        if hasattr(density, "pspace"):
            density, variable, support, discrete = from_random_variable(density, support)
        if not isinstance(density, Expr):
            raise ModelError(
                f"density: got {type(density).__name__}, needed a SymPy expression; text goes to Model.parse(...)"
            )
        variables, names = symbols_of(variable, "variable"), symbols_of(parameters, "parameter")
        spaces, constants = (
            dict(space or {}),
            known if isinstance(known, Mapping) else dict.fromkeys(symbols_of(known, "known")),
        )
        for stray in set(spaces) - set(names):
            raise ModelError(f"space: {stray} is not among the parameters ({', '.join(map(str, names))})")
        domains = {s: domain_of(s, given) for s, given in {**dict.fromkeys(names), **spaces, **constants}.items()}
        joint = len(variables) > 1
        domains |= {x: domain_of(x, None if joint else support) for x in variables}
        self.specification = specify(
            density, variables, names, tuple(constants), domains, relations_of(support) if joint else (),
            discrete, tuple(constraints), symbols_of(covariates, "covariate"), checked,
        )  # fmt: skip

    @classmethod
    def parse(
        cls,
        density: str,
        variable: str = "x",
        parameters: Mapping[str, str] | Sequence[str] = (),
        support: str = "",
        known: Mapping[str, str] | Sequence[str] = (),
        discrete: bool | None = None,
        constraints: Sequence[str] = (),
        covariates: Sequence[str] = (),
        checked: bool = True,
    ) -> Model:
        """A model from text, never evaluated: ``Model.parse("exp(-x/t)/t", "x", {"t": "t > 0"}, support="x > 0")``.

        Supports and spaces are comma-separated relations, meant literally: an open end is open. Raises ``ReadingError`` with
        the position for text that is not understood, ``ModelError`` for what is not a model.
        """
        about = {**_named(parameters), **_named(known)}
        variables = [read_name(v) for v in variable.split(",")]
        names = [*variables, *_named(parameters), *_named(known), *(read_name(c) for c in covariates)]
        for name in names:
            if names.count(name) > 1:
                raise ModelError(
                    f"the name {name!r} is given twice; every variable, parameter and constant needs its own"
                )
        table = {n: Symbol(n, real=True) for n in names}
        domains = {table[n]: read_domain(text, table, subject=n) for n, text in about.items()}
        whole = read_domain(support, table, subject=variables[0] if len(variables) == 1 else None)
        if len(variables) == 1:
            domains[table[variables[0]]] = whole
        else:
            domains |= {
                table[v]: Domain(_about_only(table[v], whole.relations), whole.integer, None) for v in variables
            }
        relations = tuple(r for text in constraints for r in read_relations(text, table))
        model = cls.__new__(cls)
        model.specification = specify(
            read_expression(density, table), tuple(table[v] for v in variables), tuple(table[p] for p in _named(parameters)),
            tuple(table[k] for k in _named(known)), domains, _joint(whole.relations, [table[v] for v in variables]), discrete,
            relations,
            tuple(table[read_name(c)] for c in covariates), checked,
        )  # fmt: skip
        return model

    @classmethod
    def named(cls, name: str) -> Model:
        """A model of the catalogue: ``Model.named("poisson")``. Raises ``ModelError`` with close matches."""
        from symbolic_mle.families import find

        family = find(name)
        model = cls.parse(**family.specification())
        model.specification = replace(model.specification, title=family.title)
        return model

    def __repr__(self) -> str:
        spec = self.specification
        return f"Model({spec.density}, {', '.join(map(str, spec.variables))}, parameters={', '.join(map(str, spec.parameters))})"


def specify(
    density: Expr, variables: tuple[Symbol, ...], parameters: tuple[Symbol, ...], known: tuple[Symbol, ...],
    domains: Mapping[Symbol, Domain], joint: tuple[Basic, ...], discrete: bool | None, constraints: tuple[Basic, ...],
    covariates: tuple[Symbol, ...], checked: bool,
) -> Specification:  # fmt: skip
    """The specification, with symbols that carry the assumptions of their intervals; checked unless told otherwise."""
    _check_names(density, variables, parameters, known, covariates)
    density, indicated = without_indicators(density, variables, parameters)
    if len(variables) == 1 and indicated:
        (x,) = variables
        domains = {**domains, x: replace(domains[x], relations=(*domains[x].relations, *indicated))}
    else:
        joint = (*joint, *indicated)
    if discrete is None:
        discrete = any(domains[x].integer or domains[x].points is not None for x in variables)
    if discrete and len(variables) == 1 and any(domains[p].integer for p in parameters):
        (x,) = variables
        whole = {s for s, d in domains.items() if d.integer} | {x}
        bounds = positive_where(density, variables, whole, (r for d in domains.values() for r in d.relations))
        domains = {**domains, x: replace(domains[x], relations=(*domains[x].relations, *bounds))}
    intervals: dict[Symbol, Interval] = {}
    leftover: dict[Symbol, tuple[Basic, ...]] = {}
    for symbol, domain in domains.items():
        intervals[symbol], leftover[symbol] = _interval(symbol, domain, discrete and symbol in variables)
    listed = {p: found for p in parameters if (found := domains[p].points) is not None}
    for p in parameters:
        intervals[p], leftover[p] = with_joined_ends(p, intervals[p], leftover[p])
        alone = (*leftover[p], *(r for r in constraints if r.free_symbols == {p}))
        constraints = tuple(r for r in constraints if r.free_symbols != {p})
        intervals[p], leftover[p], points = _cut(p, intervals[p], alone)
        listed |= {p: points} if points else {}
    strong = {s: _strong(s, i.interior) for s, i in intervals.items() if s not in variables}
    strong |= {x: _strong(x, intervals[x].xreplace(strong)) for x in variables}
    strong |= {c: Symbol(c.name, real=True) for c in covariates}
    restrictions = (*constraints, *(r for p in parameters for r in leftover[p]))
    relations = tuple(dict.fromkeys((*joint, *(r for x in variables for r in leftover[x]))))
    model = Specification(
        density=density.xreplace(strong),
        variables=tuple(strong[x] for x in variables),
        parameters={strong[p]: intervals[p].xreplace(strong) for p in parameters},
        known={strong[c]: intervals[c].xreplace(strong) for c in known},
        support=Support(
            {strong[x]: intervals[x].xreplace(strong) for x in variables},
            tuple(r.xreplace(strong) for r in relations),
            tuple(p.xreplace(strong) for p in domains[variables[0]].points or ()) or None,
        ),
        discrete=discrete,
        size=_size_symbol({s.name for s in strong}),
        restrictions=tuple(r for r in (q.xreplace(strong) for q in restrictions) if r != sp.true),
        points={strong[p]: tuple(v.xreplace(strong) for v in found) for p, found in listed.items()},
        covariates={strong[c]: Interval() for c in covariates},
        checked=checked,
        public={new: old for old, new in strong.items() if new != old},
    )
    check_density(model)
    return _without_improper_ends(with_covariate_spaces(model))


def _without_improper_ends(model: Specification) -> Specification:
    """The model with the closed ends of a continuous support marked at which the density may be 0 or infinite."""
    if model.discrete or len(model.variables) != 1:
        return model
    (x,) = model.variables
    interval, unknown = model.support.intervals[x], set(model.parameters)
    ends = [e for e, c in ((interval.lower, interval.closed_lower), (interval.upper, interval.closed_upper)) if c]
    if model.support.free_symbols & unknown:  # the ends that move are part of the likelihood
        fixed = ((e, model.density.subs(x, e)) for e in ends if not e.free_symbols & unknown)
        improper = tuple(e for e, there in fixed if there == 0 or there.has(sp.oo, -sp.oo, sp.zoo, sp.nan))
    else:
        improper = tuple(e for e in ends if not _is_positive(model.density.subs(x, e), model))
    if not improper:
        return model
    marked = replace(model, open_ends={x: improper})
    inner = Symbol(x.name, **marked.inner_support[x].assumptions())
    return replace(
        marked, density=model.density.xreplace({x: inner}), variables=(inner,), open_ends={inner: improper},
        support=replace(model.support, intervals={inner: interval},
                        relations=tuple(r.xreplace({x: inner}) for r in model.support.relations)),
        public={**{n: o for n, o in model.public.items() if n != x}, inner: model.public.get(x, x)},
    )  # fmt: skip


def _is_positive(value: Expr, model: Specification) -> bool:
    if value.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        return False
    inside = {p: i.interior for p, i in model.parameters.items()}
    found = find_sign(value, {**model.covariates, **model.known, **inside})
    return found is not None and found.sign is Sign.POSITIVE


def _check_names(density: Expr, variables: tuple[Symbol, ...], parameters: tuple[Symbol, ...], known: tuple[Symbol, ...],
                 covariates: tuple[Symbol, ...]) -> None:  # fmt: skip
    if not parameters:
        raise ModelError("no parameter was given; name at least one unknown parameter")
    given = [s.name for s in (*variables, *parameters, *known, *covariates)]
    for name in given:
        if given.count(name) > 1:
            raise ModelError(f"the name {name!r} is given twice; every variable, parameter and constant needs its own")
    declared = {*variables, *parameters, *known, *covariates}
    unknown = sorted(s.name for s in density.free_symbols - declared)
    if unknown:
        raise ModelError(
            f"density: {', '.join(unknown)} is neither the variable nor a parameter; declare it as a parameter or as known"
        )


def _strong(symbol: Symbol, interval: Interval) -> Symbol:
    return Symbol(symbol.name, **interval.assumptions())


def _size_symbol(taken: set[str]) -> Symbol:
    name = next(n for n in ("n", "N", "m", "K", "n_obs") if n not in taken)
    return Symbol(name, integer=True, positive=True)


def _interval(symbol: Symbol, domain: Domain, whole: bool) -> tuple[Interval, tuple[Basic, ...]]:
    """The interval of a domain; ModelError when it is empty."""
    if sp.false in domain.relations:
        raise ModelError(f"{symbol}: no value satisfies the given relations; one of them is false for every {symbol}")
    if domain.points is not None:
        numbers = sorted(domain.points, key=sp.default_sort_key)
        low, high = sp.Min(*numbers), sp.Max(*numbers)
        return Interval(low, high, True, True, all(p.is_integer for p in numbers)), ()
    found, others = interval_of(symbol, domain.relations)
    found = Interval(found.lower, found.upper, found.closed_lower, found.closed_upper, domain.integer or whole)
    if found.is_empty:
        raise ModelError(
            f"{symbol}: no value satisfies {', '.join(map(str, domain.relations))}; the relations contradict each other"
        )
    return found, others


def _cut(
    symbol: Symbol, interval: Interval, relations: tuple[Basic, ...]
) -> tuple[Interval, tuple[Basic, ...], tuple[Expr, ...]]:
    """What relations leave of an interval: an interval, or the smallest that holds several parts with the relations, or points."""
    parts = pieces(symbol, relations, interval) if relations else None
    if parts is None:
        return interval, relations, ()
    if not parts:
        raise ModelError(f"{symbol}: no value satisfies {', '.join(map(str, relations))}")
    first, last = parts[0], parts[-1]
    hull = Interval(first.lower, last.upper, first.closed_lower, last.closed_upper)
    if all(p.lower == p.upper for p in parts):
        return hull, (), tuple(p.lower for p in parts)
    return hull, (() if len(parts) == 1 else relations), ()


def _named(given: Mapping[str, str] | Sequence[str]) -> dict[str, str]:
    if isinstance(given, Mapping):
        return {read_name(n): t for n, t in given.items()}
    return {read_name(n): "" for n in ([given] if isinstance(given, str) else given)}


def _joint(relations: tuple[Basic, ...], variables: list[Symbol]) -> tuple[Basic, ...]:
    """The relations that are not about one variable alone: those are in its interval."""
    return tuple(r for r in relations if len(variables) > 1 and r.free_symbols not in ({x} for x in variables))


def _about_only(symbol: Symbol, relations: tuple[Basic, ...]) -> tuple[Basic, ...]:
    return tuple(r for r in relations if r.free_symbols == {symbol})
