"""What a pair is worth: one module a term."""
