"""The help and its page: complete, fresh, and with examples that run."""

import subprocess
import sys
from pathlib import Path
from shlex import split

import click
import pytest

import assent as package
from assent.cli.group import parts
from assent.cli.main import assent, main
from assent.cli.reference import reference
from assent.cli.table import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(package.__file__).parent


def commands():
    """Every command with the words that run it."""
    root = click.Context(assent, info_name="assent")
    found = {"": assent}
    for name in COMMANDS:
        command = assent.get_command(root, name)
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {below}": command.commands[below] for below in command.commands}
    return found


SERVES = "assent serve"  # runs until it is interrupted: tests/web serves
EXAMPLES = sorted(
    {line for command in commands().values() for line in parts(command)[1] if not line.startswith(SERVES)}
)


def test_the_page_on_the_commands_is_fresh():
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference(), "Run: .venv/bin/python -m assent.cli.reference > docs/commands.md"


@pytest.mark.parametrize("name", [n for n, c in commands().items() if not isinstance(c, click.Group)])
def test_every_command_is_documented(name):
    assert f"### assent {name}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "command"), commands().items())
def test_every_help_has_an_example_and_every_option_a_line(name, command, capsys):
    assert main([*name.split(), "--help"]) == 0
    said = capsys.readouterr().out
    _, examples = parts(command)
    assert examples
    assert all(line.startswith(f"assent {name}".strip()) and line in said for line in examples)
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_runs(line, tmp_path, monkeypatch, capsys):
    library = SOURCE / "library" / "us"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-procedure.yaml").write_bytes((library / "law" / "admission.yaml").read_bytes())
    (tmp_path / "acts.csv").write_bytes((library / "record" / "acts.csv").read_bytes())
    assert main(split(line)[1:]) == 0
    assert capsys.readouterr().out or "--svg" in line


def test_help_and_version_import_nothing_heavy():
    heavy = "{'yaml', 'msgspec', 'rich', 'assent.api', 'assent.law', 'assent.record'} & set(sys.modules)"
    code = f"import sys; from assent.cli.main import main; main(['--help']); print({heavy}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "set()"


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"assent {package.__version__}\n"
