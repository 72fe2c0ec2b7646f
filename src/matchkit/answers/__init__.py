"""Records of explanations, advice, repairs, comparisons and audits; they import no solver."""
