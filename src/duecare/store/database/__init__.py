"""The connection, the transaction and the health of the database."""
