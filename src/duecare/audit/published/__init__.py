"""Published totals of inspections, and rounds beside each other over time."""
