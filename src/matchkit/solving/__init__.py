"""The conductor: a problem in, a verified plan out."""
