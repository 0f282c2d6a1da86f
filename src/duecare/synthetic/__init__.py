"""A made-up force with a known truth: families, offenders, officers, and the mess of real systems."""
