#!/bin/sh
# Mail news to a Kindle: kindle.sh SOURCE...
# A book is deleted from the outbox after it was mailed, and sync does not write it again; a mail that fails is tried again
# on the next run. kindle-mail.py describes the variables.
set -u
outbox=${OUTBOX:-$HOME/kindle-outbox}
status=0
feed2doc sync "$@" --to epub --profile kindle --quiet --dest "$outbox" || status=$?
for book in "$outbox"/*.epub; do
    [ -e "$book" ] || continue
    python3 "$(dirname "$0")/kindle-mail.py" "$book" && rm "$book" || status=1
done
exit "$status"
