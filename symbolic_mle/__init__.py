"""Derivations of maximum likelihood estimators: likelihood, score, solution, proof, and the text of it all."""
