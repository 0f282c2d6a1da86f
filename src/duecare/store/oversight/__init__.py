"""Accountable posts, meetings and recommendations as stored."""
