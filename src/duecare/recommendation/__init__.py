"""Recommendations: made, accepted with the test that will close them, in hand, claimed, and verified only by that test."""
