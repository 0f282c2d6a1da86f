"""Statistics that audit, figures and reports share: distributions, intervals and differences of shares."""
