"""What can be done with Duecare: each use case checks policy, does the work and writes the ledger in one transaction."""
