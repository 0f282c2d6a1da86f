"""Checks of a published release by someone outside."""
