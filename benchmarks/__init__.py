"""Measurements, run by hand from the folder of the project: ``python -m benchmarks.plans``."""
