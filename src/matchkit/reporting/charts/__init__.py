"""Charts of a problem and its plan, each drawn once for page, PNG and SVG."""
