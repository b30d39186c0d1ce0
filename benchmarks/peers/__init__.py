"""Other programs on the work of our rows: each in its own environment, and its answer compared."""
