"""Answers to questions about a plan, as records: what explains, weighs and repairs it. They know no
solver.
"""
