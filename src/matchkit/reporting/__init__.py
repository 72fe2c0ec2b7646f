"""The report of a problem and its plan: one HTML page that needs no network, and its charts as PNG or SVG."""
