"""Is 2x̄ the maximum likelihood estimator of the end of a uniform distribution? That is the moment estimator."""

from symbolic_mle import Model, check

model = Model.parse(density="1/theta", variable="x", parameters={"theta": "theta > 0"}, support="0 <= x, x <= theta")
for claim in ("2 xbar", "max(x)"):
    verdict = check(model, {"theta": claim})
    print(f"{claim}\n    {verdict}")
    found = verdict.counterexample
    if found is not None and found.true is not None:
        print(
            f"    data {found.data}: claimed {found.claimed['theta']:.4g}, the maximum is at {found.true['theta']:.4g}"
        )
    print()
