"""`decide init`: a workspace to start from, or the shipped case, in an empty folder."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from decide.cli.language import language_option, tell
from decide.read.files import files_below

HERE = Path(__file__).parent
PACKAGE = HERE.parent
FOLDERS = ("criteria", "targets", "reports")


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option("--case", "case", is_flag=True, help="Copy the shipped case instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
@click.pass_obj
def command(here: Path, folder: Path | None, *, case: bool, as_json: bool) -> None:
    """Start a workspace in an empty folder.

    FOLDER is made where it does not exist; without it, the folder you stand in is meant.
    """
    root = here / folder if folder else here
    texts = dict(_texts(_case_folder() if case else HERE / "start"))
    _refuse_to_overwrite(root)
    for name in FOLDERS:
        (root / name).mkdir(parents=True, exist_ok=True)
    _write_all(root, texts)
    if as_json:
        files = [name.as_posix() for name in texts]
        click.echo(json.dumps({"folder": str(root.resolve()), "files": files}, indent=1))
    else:
        click.echo(
            tell(
                "{number} files in {root}; next: decide check, decide report",
                number=len(texts),
                root=root.resolve(),
            )
        )


def _case_folder() -> Path:
    """Find the shipped case: inside an installed package, beside one that runs from its clone."""
    packed = PACKAGE / "case"
    return packed if packed.is_dir() else PACKAGE.parent


def _texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for part in ("criteria", "targets"):
        for path in files_below(folder / part, _raise):
            yield path.relative_to(folder), path.read_bytes()


def _raise(error: OSError) -> None:
    raise error


def _refuse_to_overwrite(root: Path) -> None:
    in_the_way = [
        path.relative_to(root).as_posix() for name in FOLDERS for path in _found(root / name)
    ]
    if in_the_way:
        listed = "".join(f"\n  {name}" for name in sorted(in_the_way))
        raise click.UsageError(
            tell(
                "{folder} is not empty; nothing was written. In the way:{files}",
                folder=root.resolve(),
                files=listed,
            )
        )


def _found(folder: Path) -> Iterator[Path]:
    """Yield what stands where a folder is to be filled; earlier reports are in nobody's way."""
    if folder.is_dir():
        yield from () if folder.name == "reports" else folder.iterdir()
    elif folder.exists():
        yield folder


def _write_all(root: Path, texts: Mapping[Path, bytes]) -> None:
    """Write all files or, where one cannot be written, none."""
    written: list[Path] = []
    try:
        for name, content in texts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(content)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
