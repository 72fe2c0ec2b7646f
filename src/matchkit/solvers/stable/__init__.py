"""Matchings by preferences: stable ones, and those that rules of choice make of ranks."""
