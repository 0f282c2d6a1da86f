"""Audit rounds: plan, draw, allocate, grade, reconcile, compare and report."""
