"""One parameter after another: the equation line by line, why its root is the maximum, and what that needs of the data."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inline, Line, display, line, paragraph
from symbolic_mle.exposition.voice import Voice, equation
from symbolic_mle.records import Condition, Proof
from symbolic_mle.stages.solution.single import End, Reduction

Titled = tuple[tuple[Inline, ...], tuple[Block, ...]]


def solution_sections(voice: Voice) -> Iterator[Titled]:
    """For one parameter: likelihood equation, then maximum. For several: a section a parameter."""
    reductions = voice.derivation.findings.reductions
    several = len(voice.parameters) > 1
    for stage, reduction in enumerate(reductions):
        if several:
            yield _title(voice, stage, reduction), (*_profile(voice, stage, reduction), *_equation(voice, stage, reduction),
                                                    *_shape(voice, stage, reduction))  # fmt: skip
        else:
            yield ("Likelihood equation",), tuple(_equation(voice, stage, reduction))
            yield ("Is it the maximum?",), tuple(_shape(voice, stage, reduction))


def _title(voice: Voice, stage: int, reduction: Reduction) -> tuple[Inline, ...]:
    name = voice.notation.write(reduction.parameter)
    others = [p for p in voice.left_after(stage) if p != reduction.parameter]
    if not others:
        return ("The profile: maximum over ", name)
    return ("Eliminating ", name, ", for any ", make.sequence(*map(voice.notation.write, others)))


def _profile(voice: Voice, stage: int, reduction: Reduction) -> Iterator[Block]:
    if not stage:
        return
    before = voice.derivation.findings.reductions[stage - 1].parameter
    yield paragraph("With the maximiser put in for ", voice.notation.write(before), ", the profile log-likelihood and its derivative are")
    function, slope = voice.function(stage), voice.function(stage, 1, reduction.parameter)
    yield display(
        line(function, "=", voice.notation.write(reduction.log_likelihood)),
        line(slope, "=", voice.notation.write(reduction.score)),
    )


def _equation(voice: Voice, stage: int, reduction: Reduction) -> Iterator[Block]:
    notation, parameter = voice.notation, reduction.parameter
    hatted = notation.with_hats(parameter)
    steps = voice.steps("equation", stage=stage)
    if not steps:
        yield paragraph("At an interior maximum ", make.chain(voice.function(stage, 1, parameter), "=", make.ZERO),
                        ", an equation in ", notation.write(parameter), " without a solution in closed form:")  # fmt: skip
        yield display(line(hatted.write(reduction.score), "=", make.ZERO))
        return
    yield paragraph("At an interior maximum the score is zero:")
    lines: list[Line] = []
    for step in steps:
        assert step.left is not None
        note: tuple[Inline, ...] = ()
        if step.rule == "clear" and step.factor is not None:
            note = ("multiply by ", make.chain(hatted.write(step.factor), ">", make.ZERO))
        elif step.rule in ("isolate", "quadratic", "undo"):
            note = ({"isolate": "isolate", "quadratic": "the root where the score turns from + to −", "undo": "invert"}[step.rule],)
        drawn = equation(hatted, step.left, step.right, *note)
        if not lines or (drawn.left, drawn.right) != (lines[-1].left, lines[-1].right):
            lines.append(drawn)
    if reduction.root is not None:
        plain = notation.without_means().write(reduction.root)
        if plain != lines[-1].right:
            last = lines[-1]
            lines[-1] = Line(last.left, "=", plain, last.note)
            lines.append(line(None, "=", last.right))
    yield display(*lines)
    yield from _space(voice, reduction)


def _space(voice: Voice, reduction: Reduction) -> Iterator[Block]:
    """When the root lies in the parameter space."""
    needed = _needed(reduction)
    space = voice.notation.space(reduction.parameter, reduction.interval.interior)
    if reduction.interval.is_real_line:
        return
    if not needed:
        yield paragraph("It lies in ", space, " for all data.")
    else:
        words: list[Inline] = ["It lies in ", space, " exactly when "]
        for k, condition in enumerate(needed):
            words += [" and "] if k else []
            words += voice.condition(condition)
        yield paragraph(*words, ".")


def _needed(reduction: Reduction) -> list[Condition]:
    """What the signs at the ends ask of the data."""
    found = []
    for end, relation in ((reduction.lower, ">"), (reduction.upper, "<")):
        if end.sign is None and end.limit is not None:
            found.append(Condition(end.limit, relation))
        elif end.sign is not None and end.sign.zero is not None:
            zero = end.sign.zero
            meaning = {"every": "not every", "equal": "not equal"}.get(zero.meaning, "")
            found.append(Condition(zero.statistic, relation, meaning, zero.quantity, zero.value))
    return found


def _shape(voice: Voice, stage: int, reduction: Reduction) -> Iterator[Block]:
    shape, notation = reduction.shape, voice.notation
    parameter = notation.write(reduction.parameter)
    root = notation.with_hats(reduction.parameter).write(reduction.parameter)
    slope = voice.function(stage, 1, reduction.parameter)
    if shape is None:
        yield paragraph("That a root of this equation is the global maximum is not proved here; on data, every change of sign "
                        "that is found is compared.")  # fmt: skip
        return
    if shape.second is not None and reduction.root is not None:
        yield display(line(voice.function(stage, 2, reduction.parameter), "=", notation.write(shape.second)))
        yield paragraph(
            "This is negative for every ", parameter, *_given(voice, reduction), ", so the log-likelihood is strictly concave in ",
            parameter, " and ", root, " is its only maximiser: the global maximum.",
        )  # fmt: skip
        return
    if shape.kind == "curvature":
        yield paragraph("The logarithm of a sum of log-convex functions is convex, so ", voice.function(stage), " is strictly concave ",
                        *_scale(voice, reduction), ": it has at most one stationary point, and that is its global maximum.")  # fmt: skip
        return
    function = notation.write(shape.function)
    if shape.multiplier == 1:
        yield paragraph("The derivative ", slope, " is strictly decreasing in ", parameter, ", because")
    else:
        yield paragraph("Multiplied by ", make.chain(notation.write(shape.multiplier), ">", make.ZERO),
                        ", the derivative keeps its sign and becomes")  # fmt: skip
        yield display(line(make.product(notation.write(shape.multiplier), slope), "=", function))
        yield paragraph("which is strictly decreasing in ", parameter,
                        ", because the model is an exponential family." if shape.kind == "family" else ", because")  # fmt: skip
    if shape.derivative is not None:
        left = voice.function(stage, 2, reduction.parameter) if shape.multiplier == 1 else _d(voice, reduction)
        yield display(line(left, "=", notation.write(shape.derivative)), *_below_zero())
    yield from _limits(voice, reduction)
    yield paragraph("So the derivative is positive before ", root, " and negative after it: ", root,
                    " is the unique global maximiser" + (" for every value of the other parameters." if len(voice.left_after(stage)) > 1 else "."))  # fmt: skip


def _d(voice: Voice, reduction: Reduction) -> object:
    return voice.notation.partial(make.name("M"), reduction.parameter)


def _below_zero() -> tuple[Line, ...]:
    return (line(None, "<", make.ZERO),)


def _scale(voice: Voice, reduction: Reduction) -> tuple[Inline, ...]:
    shape, name = reduction.shape, voice.notation.write(reduction.parameter)
    assert shape is not None
    if shape.multiplier == 1:
        return ("in ", name)
    if shape.multiplier == reduction.parameter:
        return ("in ", make.call("log", name))
    return ("in ", voice.notation.write(1 / reduction.parameter))


def _given(voice: Voice, reduction: Reduction) -> tuple[Inline, ...]:
    needed = _needed(reduction)
    if not needed:
        return ()
    words: list[Inline] = [", when "]
    for k, condition in enumerate(needed):
        words += [" and "] if k else []
        words += voice.condition(condition)
    return tuple(words)


def _limits(voice: Voice, reduction: Reduction) -> Iterator[Block]:
    ends = [e for e in (reduction.lower, reduction.upper) if e.limit is not None]
    if len(ends) < 2:
        return
    words: list[Inline] = ["It tends to "]
    for k, end in enumerate(ends):
        assert end.limit is not None
        words += [" and to "] if k else []
        words += [voice.notation.write(end.limit), *_sign_words(end), " as ",
                  make.chain(voice.notation.write(reduction.parameter), "to", voice.end(end.value, end.side))]  # fmt: skip
    yield paragraph(*words, ".")
    gap = [e.sign for e in ends if e.sign is not None and e.sign.fact == "jensen"]
    if gap and gap[0].zero is not None:
        yield paragraph("By Jensen's inequality the last is at most 0, and 0 only if ", *voice.condition(gap[0].zero), ".")


def _sign_words(end: End) -> tuple[Inline, ...]:
    return ()


def joint_blocks(voice: Voice) -> Iterator[Block]:
    """What is left when no parameter can be eliminated in closed form."""
    case = voice.derivation.cases[0]
    names = make.sequence(*map(voice.notation.write, voice.derivation.findings.joint))
    yield paragraph("The likelihood equations for ", names, " have no solution in closed form. They are solved together, by "
                    "Newton's method on the log-likelihood.")  # fmt: skip
    if case.proof is Proof.GLOBAL:
        yield paragraph("The model is a full exponential family, so a solution is the unique global maximum.")
