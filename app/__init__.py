"""Chapeau: a collaborative resolution-drafting server."""

__version__ = "0.1.0"
