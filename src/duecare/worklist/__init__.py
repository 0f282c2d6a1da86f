"""What to look at first, and why: one order everywhere, without scores."""
