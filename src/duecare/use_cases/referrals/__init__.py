"""Cases sent back because a child is still at risk: send, answer and follow."""
