"""Findings, assessment runs and worklist lines as stored."""
