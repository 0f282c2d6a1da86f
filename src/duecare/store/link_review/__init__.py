"""Pairs for review, judgements and samples as stored."""
