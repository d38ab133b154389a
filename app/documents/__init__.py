"""Word, PDF, Akoma Ntoso, Markdown, HTML and tables: views become bytes, bytes become drafts and proposals."""
