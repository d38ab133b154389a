"""PURE: what Chapeau does to words. No database, no HTTP, no clock."""
