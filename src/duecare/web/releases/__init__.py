"""Pages of releases before publication, and the public site of published ones."""
