"""Every write: one function each, one transaction each, one entry in the record each."""
