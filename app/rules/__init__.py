"""PURE: who may do what, and what holds: consensus, life cycles, permissions. No database, no HTTP, no clock."""
