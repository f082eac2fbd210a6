"""The runner: what it does with an environment that is missing, old, moved or whole, and how it fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

import dev


class Machine:
    """A stand-in for the machine: it notes what would be run, and fails where it is told to."""

    def __init__(self, *, ensurepip=True, root=True, apt=True, browser=True, broken=()):
        self.ensurepip, self.root, self.apt, self.browser, self.broken = ensurepip, root, apt, browser, broken
        self.ran, self.cwd = [], []

    def works(self, *argv):
        return self.ensurepip if "import ensurepip, venv" in argv else True

    def call(self, argv, *, aside=False, cwd=dev.ROOT):
        line = " ".join(str(word) for word in argv)
        self.ran.append(line)
        self.cwd.append(cwd)
        if any(part in line for part in self.broken):
            return 100
        if "python3-venv" in line:
            self.ensurepip = True
        if "-m venv" in line:
            dev.VENV.mkdir(exist_ok=True)
        return 0

    def which(self, name):
        there = self.browser if name in dev.BROWSERS else self.apt
        return f"bin/{name}" if there else None

    def did(self, *parts):
        """Whether a command holding all of these words was run."""
        return any(all(part in line for part in parts) for line in self.ran)


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Put `dev` on a machine of the given kind, with a project folder of its own."""

    def put(**kind):
        box = Machine(**kind)
        monkeypatch.setattr(dev, "works", box.works)
        monkeypatch.setattr(dev, "call", box.call)
        monkeypatch.setattr(dev.os, "geteuid", lambda: 0 if box.root else 1000)
        monkeypatch.setattr(dev.shutil, "which", box.which)
        return box

    (tmp_path / "requirements").mkdir()
    for file in ("pyproject.toml", *dev.LOCKS.values()):
        (tmp_path / file).write_text(file, encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "stamp.json")
    return put


def test_a_whole_python_installs_nothing(machine):
    box = machine()
    dev.need_venv_support()
    assert box.ran == []


def test_as_root_debians_missing_part_is_installed(machine):
    box = machine(ensurepip=False)
    dev.need_venv_support()
    assert [line.split("-qq ")[1] for line in box.ran] == [
        "update",
        "install -y --no-install-recommends python3-venv",
    ]


def test_package_lists_that_do_not_refresh_are_no_reason_to_stop(machine):
    box = machine(ensurepip=False, broken=["update"])
    dev.need_venv_support()
    assert box.did("install", "python3-venv")


@pytest.mark.parametrize("kind", [{"root": False}, {"apt": False}])
def test_without_rights_or_apt_it_says_what_to_do(machine, kind):
    box = machine(ensurepip=False, **kind)
    with pytest.raises(dev.Stop, match="sudo apt-get install python3-venv"):
        dev.need_venv_support()
    assert box.ran == []


def test_an_install_that_fails_names_its_step(machine, capsys):
    machine(ensurepip=False, broken=["install"])
    assert dev.main(["setup"]) == 100
    assert "step failed: install python3-venv (apt-get install) (exit code 100" in capsys.readouterr().err


def test_a_python_that_apt_does_not_serve_is_named(machine, monkeypatch):
    box = machine(ensurepip=False)
    monkeypatch.setattr(dev, "works", lambda *_: False)
    with pytest.raises(dev.Stop, match="still has no ensurepip"):
        dev.need_venv_support()
    assert box.did("python3-venv")


def test_set_up_from_nothing_then_again(machine):
    box = machine()
    dev.setup("dev")
    assert [" ".join(line.split()[1:]).split(" --progress-bar off ")[-1] for line in box.ran] == [
        f"-m venv --clear {dev.VENV}",
        "--require-hashes -r requirements/dev.txt",
        f"--no-deps --no-build-isolation --editable {dev.ROOT}",
    ]
    box.ran.clear()
    dev.setup("dev")
    dev.setup("run")  # dev holds all of run
    assert box.ran == []


def test_what_runs_grows_into_what_tests(machine):
    box = machine()
    dev.setup("run")
    box.ran.clear()
    dev.setup("dev")
    assert box.did("--require-hashes", "dev.txt")
    assert not box.did("venv --clear")
    assert not box.did("--editable")


@pytest.mark.parametrize("change", ["lock", "moved", "stamp"])
def test_an_environment_that_is_out_of_date_is_made_anew(machine, change):
    box = machine()
    dev.setup("dev")
    box.ran.clear()
    if change == "lock":
        (dev.ROOT / dev.LOCKS["dev"]).write_text("newer", encoding="utf-8")
    elif change == "moved":
        stamp = json.loads(dev.STAMP.read_text(encoding="utf-8"))
        dev.STAMP.write_text(json.dumps({**stamp, "place": "elsewhere"}), encoding="utf-8")
    else:
        dev.STAMP.write_text("{half", encoding="utf-8")
    dev.setup("dev")
    assert box.did("venv --clear")
    assert box.did("dev.txt")
    assert box.did("--editable")


def test_a_new_entry_point_only_installs_the_package_again(machine):
    box = machine()
    dev.setup("dev")
    box.ran.clear()
    (dev.ROOT / "pyproject.toml").write_text("newer", encoding="utf-8")
    dev.setup("dev")
    assert len(box.ran) == 1
    assert box.did("--editable")


def test_an_install_that_was_cut_short_is_done_again(machine):
    box = machine(broken=["--require-hashes"])
    assert dev.main(["setup"]) == 100
    box.broken = ()
    assert dev.main(["setup"]) == 0
    assert box.did("venv --clear")
    assert box.did("--editable")


def test_run_passes_its_words_on_and_stays_in_the_callers_folder(machine):
    box = machine()
    assert dev.main(["run"]) == 0
    assert box.ran[-1].endswith("assent exit CA")
    assert dev.main(["run", "status", "X", "--json"]) == 0
    assert box.ran[-1].endswith("assent status X --json")
    assert box.cwd[-1] is None


def test_serve_is_run_with_its_words(machine):
    box = machine()
    assert dev.main(["serve", "--port", "0"]) == 0
    assert box.ran[-1].endswith("assent serve --port 0")
    assert box.did("run.txt")


def test_an_interrupted_command_ends_in_its_own_way(tmp_path):
    serve = (
        "import signal, time; signal.signal(signal.SIGINT, lambda *_: exit(0)); print(1, flush=True); time.sleep(30)"
    )
    runner = "import dev, sys; sys.exit(dev.call([sys.executable, '-c', sys.argv[1]]))"
    with subprocess.Popen(
        [sys.executable, "-c", runner, serve], cwd=dev.ROOT, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout.readline() == b"1\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(20) == 0


def test_the_tests_come_last_and_have_the_last_word(machine, capsys):
    box = machine()
    assert dev.main(["test", "-q"]) == 0
    assert box.ran[-1].endswith("-m pytest -q")
    assert capsys.readouterr().err.rstrip().endswith("==> tests (pytest)")
    for check in ("ruff check", "ruff format --check", "mypy --strict", "lint-imports"):
        assert box.did(check), check


def test_a_browser_is_brought_for_the_tests(machine):
    box = machine(browser=False)
    assert dev.main(["test"]) == 0
    assert box.did("install -y --no-install-recommends chromium fonts-dejavu-core libatomic1")
    assert box.ran[-1].endswith("-m pytest")


def test_without_rights_a_missing_browser_is_named(machine, capsys):
    machine(browser=False, root=False)
    assert dev.main(["test"]) == 1
    assert "sudo apt-get install chromium fonts-dejavu-core libatomic1" in capsys.readouterr().err


def test_a_failing_check_stops_with_its_code_and_name(machine, capsys):
    box = machine(broken=["mypy"])
    assert dev.main(["test"]) == 100
    assert "step failed: types (mypy --strict) (exit code 100" in capsys.readouterr().err
    assert not box.did("-m pytest")


def test_a_tool_that_is_not_there_is_named():
    with pytest.raises(dev.Stop, match=r"step failed: look\n  no-such-tool does not start") as stop:
        dev.step("look", ["no-such-tool"])
    assert stop.value.code == 127


def test_a_tool_that_is_killed_counts_as_failed():
    with pytest.raises(dev.Stop) as stop:
        dev.step("die", [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
    assert stop.value.code == 128 + 9


def test_help_names_every_command(capsys):
    assert dev.main([]) == dev.main(["help"]) == 0
    said = capsys.readouterr().out
    assert all(f"dev.py {command}" in said for command in (*dev.COMMANDS, "help"))


def test_a_command_that_does_not_exist_is_refused(capsys):
    assert dev.main(["tset"]) == 2
    assert "no command 'tset'. There are: run, test" in capsys.readouterr().err


def test_an_old_python_is_told_its_age(monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    assert dev.main(["run"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_what_the_system_refuses_is_said_without_a_traceback(machine, capsys):
    machine()
    (dev.ROOT / dev.LOCKS["run"]).unlink()
    assert dev.main(["run"]) == 1
    assert "run.txt: No such file or directory" in capsys.readouterr().err
