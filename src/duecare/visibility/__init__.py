"""What one viewer may see of cases, people, findings and figures."""
