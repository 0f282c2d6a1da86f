"""The ledger and its opaque ids as stored."""
