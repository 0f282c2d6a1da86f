"""Figures as stored: inputs, members and snapshots."""
