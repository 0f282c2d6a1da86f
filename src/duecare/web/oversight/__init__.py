"""Pages of meetings, their packs, and who is accountable for what."""
