#!/bin/sh
# Takes the pictures of the README and the guide anew: docs/guide/pictures/*.zh.png and *.en.png, from the sample organisation. Needs Chromium.
set -e
cd "$(dirname "$0")/.."
shots=$(mktemp -d)
CONSULTATION_SHOTS="$shots" dotnet test tests/Consultation.BrowserTests --filter FullyQualifiedName~GuidePictures
for picture in "$shots"/guide-*.png; do
  cp "$picture" "docs/guide/pictures/${picture##*/guide-}"
done
rm -r "$shots"
