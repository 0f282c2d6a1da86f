"""One page a file: each calls one step and shows what it returned."""
