"""Casework pages: worklist, case, findings, visits and children in custody."""
