"""All facts at once, for the engines and for the digest."""
