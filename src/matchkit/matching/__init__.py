"""match(): goals, the price-and-prove loop, prices and certificates. Knows no unit and no demand."""
