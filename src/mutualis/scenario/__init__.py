"""The pooling model: pure numpy, no file, no screen, no SQL. Formulas F1 to F17 are those of the design's model.md.

Arrays keep the symbols of the formulas: A (a buyer's annual addressable spend), rho (pooling rate × membership),
kappa (utilisation), delta (discount per doubling of volume), lam (its ceiling). Money in EUR excl. VAT a year.
"""
