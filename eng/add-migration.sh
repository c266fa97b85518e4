#!/usr/bin/env bash
# Makes one migration per database product (SQLite, PostgreSQL, SQL Server) from the model as it stands, with the local tool dotnet-ef.
#   eng/add-migration.sh AddVoting     adds a migration beside the existing ones
#   eng/add-migration.sh --anew        deletes all and makes one called Initial; only until the first release
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?name of the migration, or --anew}
storage=src/Consultation.Storage
if [ "$name" = --anew ]; then
  rm -rf "$storage"/{Sqlite,PostgreSql,SqlServer}/Migrations
  name=Initial
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore
dotnet build "$storage" -v q --nologo
for product in Sqlite PostgreSql SqlServer; do
  dotnet ef migrations add "$name" --no-build --project "$storage" --startup-project "$storage" --context "${product}Db" \
    --output-dir "$product/Migrations"
done
