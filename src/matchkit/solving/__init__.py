"""``solve``: budget, compilation, search, decoding and verification, in this process or in a worker."""
