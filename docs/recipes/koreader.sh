#!/bin/sh
# Write news for KOReader into a folder that Syncthing or a WebDAV server shares with it: koreader.sh FOLDER SOURCE...
set -eu
folder=$1
shift
exec feed2doc sync "$@" --to epub --profile koreader --bundle daily --title News --keep 14d --dest "$folder"
