"""Deliveries and facts as stored: add, withdraw, look up, and find what a change affects."""
