"""Is 1/(n − 1) the maximum likelihood estimator of a normal variance? It is not, and data show it."""

from symbolic_mle import Model, check

model = Model.parse(
    density="exp(-(x - mu)^2 / (2 v)) / sqrt(2 pi v)", variable="x", parameters={"mu": "", "v": "v > 0"}, support=""
)
for divisor in ("n - 1", "n"):
    verdict = check(model, {"mu": r"\bar{x}", "v": rf"\frac{{1}}{{{divisor}}} \sum_{{i=1}}^n (x_i - \bar{{x}})^2"})
    print(f"divided by {divisor}\n    {verdict}")
    found = verdict.counterexample
    if found is not None and found.true is not None:
        print(
            f"    data {found.data}: claimed v = {found.claimed['v']:.4g}, the maximum is at v = {found.true['v']:.4g}"
        )
        print(f"    log L there: {found.claimed_log_likelihood:.4f} and {found.true_log_likelihood:.4f}")
    print()
