#!/bin/sh
# Mail news to a Kindle: kindle.sh SOURCE...
# A book is deleted from the outbox after it was mailed, and sync does not write deleted files again; if a mail fails,
# the next run tries again. If a source or a mail fails, the others are still processed, and the exit code is not 0.
# kindle-mail.py describes the variables that it needs.
set -u
outbox=${OUTBOX:-$HOME/kindle-outbox}
status=0
feed2doc sync "$@" --to epub --profile kindle --quiet --dest "$outbox" || status=$?
for book in "$outbox"/*.epub; do
    [ -e "$book" ] || continue
    python3 "$(dirname "$0")/kindle-mail.py" "$book" && rm "$book" || status=1
done
exit "$status"
