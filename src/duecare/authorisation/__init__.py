"""Requests and the policy check: who asks, for what purpose, and the ledger line that goes with the answer."""
