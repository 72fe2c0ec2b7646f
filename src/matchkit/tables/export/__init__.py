"""A plan as what people and programs work with: tables by unit and community, a notice list, pseudonymous
copies, a graph.
"""
