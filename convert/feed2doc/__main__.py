"""The entry point of `python -m feed2doc`, which is the same as the command `feed2doc`."""

from feed2doc._cli import main

main()
