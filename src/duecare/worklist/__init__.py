"""The order of work, and the reasons for it: one order everywhere, without scores."""
