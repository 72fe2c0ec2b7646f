"""Rules over many pairs: what locks take, which caps bind, and what a flow cannot express."""
