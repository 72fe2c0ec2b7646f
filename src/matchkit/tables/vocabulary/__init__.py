"""Words that tables are read by: a file a language, and ``words``, which reads them."""
