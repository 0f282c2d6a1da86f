"""What the made-up force is given beside its deliveries: accounts, audits, recommendations and a release."""
