"""Audit rounds, grades and referrals as stored."""
