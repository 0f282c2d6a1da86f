"""The quarterly public report: inputs, counts, tables and wording."""
