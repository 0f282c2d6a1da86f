"""Tags for the sign-in pages, which are Django templates."""
