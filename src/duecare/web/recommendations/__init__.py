"""Pages of the register of recommendations."""
