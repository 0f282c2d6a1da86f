"""What one source says, in POLE form: records, the contract of their columns, their versions and defects."""
