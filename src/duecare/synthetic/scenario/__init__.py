"""The cases of the acceptance scenarios, at their own dates and as live copies placed by the last day."""
