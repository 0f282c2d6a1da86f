"""What every page shares: the frame, requests, forms, addresses and navigation."""
