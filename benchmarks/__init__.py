"""The benchmarks: every figure in README and docs comes from here. Run ``scripts/bench [NAME ...]``."""
