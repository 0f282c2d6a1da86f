"""One source's content in POLE form: records, the contract of their columns, their versions and defects."""
