"""How many fish are in the lake: an integer parameter, found from the ratio of successive likelihoods."""

from symbolic_mle import Model, derive

# M fish were marked and let go. Later k were caught, and x of these carried a mark.
model = Model.parse(
    density="binomial(M, x) binomial(N - M, k - x) / binomial(N, k)",
    variable="x",
    parameters={"N": "integer, N >= M"},
    support="x >= 0, x <= M, x <= k, k - x <= N - M",
    known={"M": "integer, M >= 1", "k": "integer, k >= 1"},
    discrete=True,
)
derivation = derive(model)
print(derivation)

# 50 marked, 40 caught, 7 of them marked: the integer part of 50·40/7. When the quotient is whole, two values tie.
print("On data")
for marked in (7, 8, 0):
    estimate = derivation.estimate([marked], known={"M": 50, "k": 40})
    print(f"    {marked} marked of 40: maximum {estimate.existence}, {estimate.maximisers}")
