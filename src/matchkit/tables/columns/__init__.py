"""Which tables and columns there are, what people call them in English and Chinese, and mapping files for all
other names.
"""
