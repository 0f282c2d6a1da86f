"""Pages of audits: rounds, grading, review of single files, agreement between the sides."""
