"""What the table was made on."""

import os
import platform
from pathlib import Path

import numpy as np
import scipy

CPUS = Path("/proc/cpuinfo")


def description() -> str:
    """Return processor, cores, system and versions, in a sentence."""
    cores = os.cpu_count()
    return (
        f"{_processor()}, {cores} cores; {platform.system()}, CPython {platform.python_version()}, "
        f"NumPy {np.__version__}, SciPy {scipy.__version__}"
    )


def _processor() -> str:
    try:
        lines = CPUS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
