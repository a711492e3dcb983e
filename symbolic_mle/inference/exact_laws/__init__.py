"""Exact laws of estimators for every sample size, a way each: averages, sums of gamma law, normal samples, extremes."""
