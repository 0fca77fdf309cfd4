#!/bin/sh
# News for a Kindle, by e-mail: kindle.sh SOURCE...
# A book that was mailed leaves the outbox, and sync does not bring back what was deleted; one that could not be mailed
# is tried again the next time. A source or a mail that fails keeps none of the others; the exit code tells of it. For what
# kindle-mail.py needs to know, see there.
set -u
outbox=${OUTBOX:-$HOME/kindle-outbox}
status=0
feed2doc sync "$@" --to epub --profile kindle --quiet --dest "$outbox" || status=$?
for book in "$outbox"/*.epub; do
    [ -e "$book" ] || continue
    python3 "$(dirname "$0")/kindle-mail.py" "$book" && rm "$book" || status=1
done
exit "$status"
