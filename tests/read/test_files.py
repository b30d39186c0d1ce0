"""Which files are read, and what is said of those that cannot be."""

import sys
from pathlib import Path

import pytest

from decide.model.place import InvalidInputError
from decide.read.workspace import read_workspace
from tests.read.reading import CHOICE, errors, read, said

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria/case.yaml").write_text(CHOICE, encoding="utf-8")
    return tmp_path


def refused(folder: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_workspace(folder)
    return said(caught.value)


@pytest.mark.parametrize(
    "name", ["criteria/._a.yaml", "criteria/.#x.yaml", "targets/.git/a.yaml", "criteria/old~/a.csv"]
)
def test_hidden_files_and_backups_are_not_read(name: str) -> None:
    assert [file.path for file in read(CHOICE, {name: "{"}).files] == ["criteria/case.yaml"]


def test_a_file_where_a_folder_belongs_is_said() -> None:
    found = errors(CHOICE, {"targets": "not a folder"})
    assert [message.partition(" (")[0] for message in found] == [
        "the folder 'targets' cannot be read"
    ]


@needs_links
def test_a_link_that_leads_to_nothing_is_said(workspace: Path) -> None:
    (workspace / "criteria/shared.yaml").symlink_to(workspace / "gone.yaml")
    assert refused(workspace).startswith(
        "criteria/shared.yaml:1:1: error: this link leads to nothing"
    )


@needs_links
def test_a_link_to_a_folder_is_said(workspace: Path) -> None:
    (workspace / "elsewhere").mkdir()
    (workspace / "criteria/shared").symlink_to(workspace / "elsewhere")
    assert "criteria/shared:1:1: error: this is a link to a folder" in refused(workspace)


@needs_links
def test_a_link_to_a_file_and_a_lock_of_an_editor_are_no_problem(workspace: Path) -> None:
    (workspace / "shared.yaml").write_text("levers: {l: 0}\n", encoding="utf-8")
    (workspace / "criteria/shared.yaml").symlink_to(workspace / "shared.yaml")
    (workspace / "criteria/.#case.yaml").symlink_to("somebody@somewhere.1234")
    assert list(read_workspace(workspace).levers) == ["l"]
