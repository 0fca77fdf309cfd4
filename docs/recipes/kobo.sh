#!/bin/sh
# Write news to a Kobo that is plugged in: kobo.sh SOURCE...
set -eu
for folder in "${KOBO:-}" "/media/${USER:-}/KOBOeReader" "/run/media/${USER:-}/KOBOeReader" /Volumes/KOBOeReader; do
    [ -d "$folder/.kobo" ] || continue
    exec feed2doc sync "$@" --to kepub --profile kobo --keep 14d --dest "$folder/news"
done
echo "no Kobo is found: plug it in, or set KOBO to its folder" >&2
exit 1
