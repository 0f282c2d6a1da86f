"""Areas and groups compared, like with like."""
