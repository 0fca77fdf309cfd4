"""The command line, with one module per command. Nothing outside this package prints or ends the process."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

from feed2doc._cli._signals import end_by, stop_on_signals
from feed2doc._own_process import set_up


def main() -> NoReturn:
    """Run the command line, then exit with one of the codes that README.md lists."""
    set_up()
    received = stop_on_signals()
    try:
        from feed2doc._cli._stdout import open_closed_streams, standard_output

        open_closed_streams()
        sys.stdout = standard_output()
        if hasattr(sys.stderr, "reconfigure"):  # UTF-8 whatever the locale
            sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were still being imported
        print("feed2doc: interrupted", file=sys.stderr)
        code = 130
    finally:
        if received:
            end_by(received[0])
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run the command line with these arguments, and return the exit code."""
    import click

    from feed2doc._cli._app import app, print_error
    from feed2doc._cli._usage import described
    from feed2doc.errors import Feed2docError

    try:
        try:
            return app.main(arguments, prog_name="feed2doc", standalone_mode=False) or 0
        finally:
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        print_error(described(error))
        return 2
    except Feed2docError as error:
        print_error(str(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print_error("interrupted")
        return 130
    except BrokenPipeError:  # stderr was closed
        sys.stderr.close()
        return 1
    except Exception as error:
        if type(error).__module__ != "sqlite3":
            raise
        from feed2doc._files.user_dirs import user_folder

        folder = user_folder("state")
        print_error(
            f"cannot save the run's state: {error}: free some disk space, or remove {folder} if it is corrupt"
        )
        return 6
