"""Running the service: accounts, the audit log, health checks and the digest of the store."""
