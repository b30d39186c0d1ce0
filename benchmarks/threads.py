"""How many threads either side has."""

from decide.program.workers import Workers

THREADS = 2
WORKERS = Workers(count=THREADS)
