"""Deliveries from source systems, and the facts that people record in Duecare itself."""
