"""Parameters under an order: the maximum by isotonic regression.

order.py   partial orders, and the blocks of the max–min formula
"""
