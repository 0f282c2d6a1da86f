"""What can be done with Duecare: one step a file, each asking policy, loading, reckoning, keeping and writing the ledger."""
