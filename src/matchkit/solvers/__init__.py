"""Solvers of graphs and programs in arrays, with prices and certificates; they know no unit and no demand."""
