"""Drawing a round: sampling frame, sample sizes, seed, draw, proof and allocation."""
