"""What all tests share: the browser, and saying so where there is none."""

import pytest

from decide.export.browser import find_browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-browser",
        action="store_true",
        help="fail where the browser tests cannot run, instead of leaving them out",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_browser():
        return
    if config.getoption("--require-browser"):
        raise pytest.UsageError("no browser was found, and --require-browser was given")
    left_out = pytest.mark.skip(reason="no browser was found")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("browser" in report.keywords for report in skipped)
    if count:
        terminalreporter.write_line(
            f"{count} browser tests were left out, as no Chromium, Chrome or Edge was found; "
            "install one (Debian and Ubuntu: apt-get install chromium) and run again."
        )


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser that the tests marked `browser` start."""
    return find_browser()
