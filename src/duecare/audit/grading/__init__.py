"""Grading one file: methods, schemes, judgements, and grades from audits run elsewhere."""
