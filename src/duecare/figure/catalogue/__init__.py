"""Every figure there is, by subject."""
