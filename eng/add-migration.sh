#!/usr/bin/env bash
# Makes one migration per database product (SQLite, PostgreSQL, SQL Server) from the model as it stands.
#   eng/add-migration.sh AddVoting     adds a migration beside the existing ones
#   eng/add-migration.sh --anew        deletes all and makes one called Initial; only until the first release
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?name of the migration, or --anew}
storage=$PWD/src/Consultation.Storage
if [ "$name" = --anew ]; then
  rm -rf "$storage"/{Sqlite,PostgreSql,SqlServer}/Migrations
  name=Initial
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build eng/Migrations -v q --nologo -m:1
dotnet eng/Migrations/bin/Debug/net10.0/Migrations.dll "$name" "$storage"
