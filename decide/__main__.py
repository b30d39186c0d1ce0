"""`python -m decide` is `decide`."""

from decide.cli import main

if __name__ == "__main__":
    main()
