"""In continuous integration a skipped test is a failure, unless it asks for an outside server.

Loaded by `make test`; it does nothing unless CI is set.  A test that needs a server which only
the environment can name says so by beginning its reason with "needs the server".
"""

import os
from typing import Final

import pytest

LAWFUL: Final = "needs the server"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the session for each unlawful skip, and name it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    skips = [report for report in reporter.stats.get("skipped", ()) if LAWFUL not in reason(report)]
    for report in skips:
        reporter.write_line(f"skipped in CI: {report.nodeid}: {reason(report)}", red=True)
    if skips and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test was skipped, "" where it does not say."""
    told = report.longrepr
    return str(told[2]) if isinstance(told, tuple) else str(told or "")
