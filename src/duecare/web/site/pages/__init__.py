"""Pages that belong to no subject: errors, help, health and signing in to a demo."""
