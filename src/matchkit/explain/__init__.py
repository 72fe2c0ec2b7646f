"""Questions about a plan: why, why not, what is missing, what would help, what would change."""
