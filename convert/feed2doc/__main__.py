"""`python -m feed2doc`, the same as the command `feed2doc`."""

from feed2doc._cli import main

main()
