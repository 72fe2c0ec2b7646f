"""Tables and columns with their English and Chinese names, and mapping files for all other names."""
