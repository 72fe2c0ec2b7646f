"""An optimal flow and its prices, kept optimal while capacities, arcs and nodes change."""
