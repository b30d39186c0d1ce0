"""Results turned into finished strings, flags, orders and coordinates: what templates print."""
