"""Recommendations: make, respond, add evidence and verify by a fresh audit."""
