"""Distributions, rank correlation and quasi-random draws."""
