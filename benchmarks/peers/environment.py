"""The peers' environment, `.venv-peers`, and how one of them is asked."""

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.timing import Peer

HERE = Path(__file__).parent
SCRIPTS = HERE / "scripts"
HOME = HERE.parents[1] / ".venv-peers"
PYTHON = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
FOR_PYTHON, FOR_NODE = HERE / "python.txt", HERE / "package.json"
READY = HOME / "installed.txt"  # what was asked for when it was made
AT_MOST = 1_800  # seconds that a peer is given


def make() -> None:
    """Install the peers, unless what is named at this moment is there.

    One that does not install says so when it is asked.
    """
    wanted = FOR_PYTHON.read_text(encoding="utf-8") + FOR_NODE.read_text(encoding="utf-8")
    if READY.is_file() and READY.read_text(encoding="utf-8") == wanted:
        return
    print("Setting up .venv-peers (once; a minute or two) ...", flush=True)
    venv.create(HOME, with_pip=True, clear=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for line in FOR_PYTHON.read_text(encoding="utf-8").split():
        _try(*pip, "--constraint", str(FOR_PYTHON), line)
    shutil.copy(FOR_NODE, HOME)
    if npm := shutil.which("npm"):
        _try(npm, "install", "--ignore-scripts", "--no-package-lock", "--silent")
    READY.write_text(wanted, encoding="utf-8", newline="\n")


def versions() -> dict[str, str]:
    """Return the version of each package that is named."""
    lines = FOR_PYTHON.read_text(encoding="utf-8").split()
    python = dict(line.split("==") for line in lines)
    node: dict[str, str] = json.loads(FOR_NODE.read_text(encoding="utf-8"))["dependencies"]
    return python | node


def beside(
    name: str,
    script: str,
    problem: Mapping[str, object],
    agrees: Callable[[Any], bool],
    *,
    share: float = 1.0,
    note: str = "",
) -> Peer:
    """Give a peer `share` of a row's work, and scale its time to the whole if its answer is ours.

    The time is the script's own: without the start, the imports and the reading of the problem.
    """
    try:
        found = ask(script, problem)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return Peer(name=name, seconds=None, note=_reason(error))
    if not agrees(found["result"]):
        return Peer(name=name, seconds=None, note="its answer differs from ours")
    return Peer(name=name, seconds=float(found["seconds"]) / share, note=note)


def ask(script: str, problem: Mapping[str, object]) -> Any:
    """Run one of `scripts/` in the peers' environment on a problem given as JSON."""
    done = subprocess.run(  # noqa: S603  # our own script
        _command(script),
        cwd=HOME,
        input=json.dumps(problem),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=AT_MOST,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _command(script: str) -> list[str]:
    if script.endswith(".py"):
        return [str(PYTHON), str(SCRIPTS / script)]
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("Node is not installed")
    bundled = HOME / "bundled" / script
    esbuild = HOME / "node_modules" / "esbuild" / "bin" / "esbuild"
    if not esbuild.is_file():
        raise FileNotFoundError("its Node packages are not installed")
    shutil.copy(SCRIPTS / script, HOME)  # beside the packages that it imports
    command = [node, str(esbuild), script, "--bundle", "--platform=node", "--format=esm"]
    subprocess.run(  # noqa: S603  # our own script
        [*command, f"--outfile={bundled}", "--log-level=error"],
        cwd=HOME,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return [node, str(bundled)]


def _try(*command: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own lists
        command, cwd=HOME, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if done.returncode:
        print(f"{command[-1]} was not installed", flush=True)


def _reason(error: Exception) -> str:
    """Return the last error that the peer named, without what would break the table."""
    if isinstance(error, subprocess.CalledProcessError):
        said = [line for line in error.stderr.splitlines() if line.strip()]
        named = [line for line in said if "Error" in line] or said
        return named[-1].strip().replace("|", "/") if named else f"exit code {error.returncode}"
    return str(error).replace("|", "/")
