#!/bin/sh
# Makes the vendored files of secretariat/web/static anew from the locked packages.  For maintainers, and only when
# a version changes; staff and their servers never need Node.  Usage: secretariat/web/assets_src/build.sh
set -eu
source=$(cd "$(dirname "$0")" && pwd)
static=$(cd "$source/../static" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cp "$source"/package.json "$source"/package-lock.json "$source"/*.scss "$scratch"
cd "$scratch"
npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund

mkdir -p "$static/fonts" "$static/images" "$static/licences"
for sheet in govuk moj; do
  npx sass --style=compressed --no-source-map --quiet-deps --silence-deprecation=import \
    --load-path=. "$sheet.scss" "$static/$sheet.css"
done
# The crown is not ours to show, and its file is not shipped.
sed -i 's|url("/static/images/govuk-crest.svg")|none|g' "$static/govuk.css"
# The scripts name source maps that are not shipped.
sed '/^\/\/# sourceMappingURL=/d' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > "$static/govuk-frontend.min.js"
sed '/^\/\/# sourceMappingURL=/d' node_modules/@ministryofjustice/frontend/moj/moj-frontend.min.js > "$static/moj-frontend.min.js"
cp node_modules/@fontsource/roboto/files/roboto-latin-400-normal.woff2 \
   node_modules/@fontsource/roboto/files/roboto-latin-700-normal.woff2 "$static/fonts/"
for icon in $(grep -oE 'icon-[a-z-]+\.svg' "$static/moj.css" | sort -u); do
  cp "node_modules/@ministryofjustice/frontend/moj/assets/images/$icon" "$static/images/"
done
# The other two packages carry no licence file; theirs were copied from their repositories.
cp node_modules/@fontsource/roboto/LICENSE "$static/licences/roboto.txt"

echo "Now bring docs/vendored.md up to date with these:"
cd "$static" && find . -type f ! -name boot.js | sort | xargs sha256sum
