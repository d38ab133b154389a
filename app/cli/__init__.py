"""`chapeau ...` on the command line."""
