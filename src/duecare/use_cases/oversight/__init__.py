"""Accountable posts, oversight meetings and their packs."""
