"""What the tests of the commands share."""

from __future__ import annotations

import pytest

from assent.cli.main import main


@pytest.fixture
def run(capsys):
    """Run a command that has to succeed and warns of nothing; give its stdout."""

    def command(*words):
        assert main(words) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return command
