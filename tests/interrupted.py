"""Runs the command line, and sends it a signal at a given event: python tests/interrupted.py SIGNAL EVENT ARGUMENT...

Events are those of Python's audit hooks that open, change or remove files, start processes or connect, after the command line
has been imported. With event 0 no signal is sent, and the number of events is written to the file that COUNT_FILE names.
"""

import os
import sys

_EVENTS = ("open", "os.", "shutil.", "tempfile.", "subprocess.", "sqlite3.", "socket.", "import")


def main() -> None:
    number, at = int(sys.argv[1]), int(sys.argv[2])
    sys.argv[1:] = sys.argv[3:]
    process, count = os.getpid(), 0

    def seen(event: str, _: object) -> None:
        nonlocal count
        if event.startswith(_EVENTS) and os.getpid() == process:
            count += 1
            if count == at:
                os.kill(process, number)

    from feed2doc._cli import main as run

    sys.addaudithook(seen)
    try:
        run()
    finally:
        if at == 0:
            with open(os.environ["COUNT_FILE"], "w", encoding="ascii") as file:
                file.write(str(count))


if __name__ == "__main__":
    main()
