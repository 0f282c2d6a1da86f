"""The only room that knows a table: what is kept, how it is kept whole, and how it is found again."""
