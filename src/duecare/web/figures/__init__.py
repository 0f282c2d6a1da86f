"""Pages of figures, and of boroughs side by side."""
