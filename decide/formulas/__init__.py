"""The text of a formula to an expression tree: a whitelist, never eval."""
