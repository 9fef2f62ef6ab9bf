"""Measures, never tests: ``make bench``."""
