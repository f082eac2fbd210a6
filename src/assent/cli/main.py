"""The door: ``assent``. Every mistake gets one message on stderr and exit code 2, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from assent import __version__
from assent.cli.group import Group
from assent.cli.table import COMMANDS
from assent.errors import AssentError, QueryError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = {"max_content_width": 100, "help_option_names": ["--help", "-h"]}
BAD_INPUT = 2
INTERRUPTED = 130
FAULT = 70
ONE_THREAD = "OPENBLAS_NUM_THREADS", "1"  # small fits are four times slower on two, which then wait for each other
REPORT = "Please report it with the command; ASSENT_DEBUG=1 shows where it happened."


@click.group(
    cls=Group,
    table=COMMANDS,
    invoke_without_command=True,
    context_settings=SETTINGS,
)
@click.version_option(__version__, "--version", prog_name="assent", message="%(prog)s %(version)s")
@click.pass_context
def assent(ctx: click.Context) -> None:
    """Who has to say yes before a constitution changes or a state leaves, and where each of them stands.

    Law is cited, numbers are exact, and doubt is shown: what the law leaves open is a question with readings, and
    every answer says which readings, days and files it was given under.

    Examples
    --------
    $ assent exit CA
    $ assent status us/amendment/era
    $ assent status us/amendment/era --reading deadline=not-binding --as-of 2020-01-27
    $ assent hinge us/amendment/14
    $ assent replay --json
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line.

    Parameters
    ----------
    argv
        The words after ``assent``; those of this process unless given.

    Returns
    -------
    int
        0, or 2 for bad input, 70 for a fault of the program, 130 when interrupted.
    """
    os.environ.setdefault(*ONE_THREAD)  # before NumPy is loaded
    try:
        try:
            code = assent.main(args=None if argv is None else list(argv), prog_name="assent", standalone_mode=False)
            sys.stdout.flush()
        except click.exceptions.Exit as done:
            return done.exit_code
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except click.ClickException as err:
            return _refuse(_usage(err))
        except AssentError as err:
            return _refuse(err)
        except BrokenPipeError:
            raise
        except OSError as err:
            said = f"{err.filename or 'A file'} could not be used: {err.strerror or err}."
            return _refuse(QueryError(said, remedy="Give a path that can be read, or written to."))
        except Exception as err:
            if os.environ.get("ASSENT_DEBUG"):
                raise
            _refuse(AssentError(f"This is a fault of Assent, not of what you asked: {err!r}.", remedy=REPORT))
            return FAULT
    except (BrokenPipeError, SystemExit):
        # Whoever was reading has left, as `| head` does (click turns that into an exit): end without a word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _refuse(err: AssentError) -> int:
    from assent.render.text import encodable

    click.echo(encodable(f"assent: {err}", sys.stderr.encoding or "utf-8"), err=True)
    return BAD_INPUT


def _usage(err: click.ClickException) -> AssentError:
    """A mistake on the command line, said as every other mistake is said."""
    ctx = getattr(err, "ctx", None)
    path = ctx.command_path if ctx else "assent"
    if isinstance(err, click.NoSuchOption) and ctx:
        known = [name for p in ctx.command.get_params(ctx) for name in p.opts if name.startswith("--")]
        return UnknownName(f"option of {path}", err.option_name, known)
    remedy = f"{path} --help says what there is."
    if isinstance(err, click.MissingParameter) and err.param is not None and ctx:
        usage = ctx.get_usage().replace("Usage: ", "")
        return QueryError(f"{ctx.info_name} needs {err.param.human_readable_name}.", remedy=f"Write: {usage}. {remedy}")
    said = err.format_message().strip()
    return QueryError(said if said.endswith((".", "?")) else f"{said}.", remedy=remedy)
