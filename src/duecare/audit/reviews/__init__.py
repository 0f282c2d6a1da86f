"""Reviews of a single file and the errors they find."""
