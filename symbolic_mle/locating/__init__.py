"""Finds maximisers on data where they are no formula: each kind of ``records.Locator`` is a file here.

    heights.py   the log-likelihood of given data with its support: −∞ where an observation is impossible

May import the errors, the algebra and the records.
"""
