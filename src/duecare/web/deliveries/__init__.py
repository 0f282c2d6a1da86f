"""Pages about deliveries: what was received and what was set aside."""
