"""A problem and its plan for people who decide: one page that needs no network, and its charts as
pictures.
"""
