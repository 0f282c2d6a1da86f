"""What happened in one case or to one person, in order, as known at a moment."""
