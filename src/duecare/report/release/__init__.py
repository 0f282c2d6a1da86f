"""A release: cleared, sealed, published and written with its metadata."""
