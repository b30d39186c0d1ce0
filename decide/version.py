"""The version, alone, so that `decide --version` imports nothing else."""

VERSION = "0.1.0"
