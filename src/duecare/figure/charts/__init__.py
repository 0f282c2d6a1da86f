"""Funnels, control charts and consistency between areas."""
