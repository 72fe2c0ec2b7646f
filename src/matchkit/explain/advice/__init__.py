"""Advice: what would help a plan, and what helps it now."""
