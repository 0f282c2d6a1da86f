"""How far records are linked wrongly, whole and by group."""
