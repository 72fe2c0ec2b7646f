"""The residual network of a plan: what can still change in it, and what that gains or costs."""
