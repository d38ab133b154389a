"""Every read: frozen dataclasses that API, pages and documents all render, in a constant number of queries."""
