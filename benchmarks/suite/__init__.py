"""One benchmark a module; each registers itself."""
