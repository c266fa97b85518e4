#!/usr/bin/env bash
# Installs what the tests need on Debian and runs all of them.
#   eng/test.sh          everything: build, format, every test project
#   eng/test.sh fast     the tests without I/O only
# Ends with one line "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mode=${1:-all}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

install_packages() {
  local missing=()
  command -v psql >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v chromium >/dev/null || missing+=(chromium)
  fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing+=(fonts-noto-cjk fontconfig)
  command -v exim4 >/dev/null || [ -x /usr/sbin/exim4 ] || missing+=(exim4-daemon-light)
  command -v sqlfluff >/dev/null || missing+=(sqlfluff)
  command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui libreoffice-calc-nogui)
  command -v pdftoppm >/dev/null || missing+=(poppler-utils)
  command -v docker-compose >/dev/null || missing+=(docker-compose)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed: ${missing[*]}. Tests that need them are skipped with their reason." >&2
    return
  fi
  echo "Installing: ${missing[*]}"
  # The tests start their own servers on free ports; Debian's own services stay off.
  local policy=/usr/sbin/policy-rc.d made=no
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; made=yes; fi
  apt-get update -qq >"$results/apt.log" 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$results/apt.log" 2>&1 ||
    { tail -20 "$results/apt.log" >&2; echo "Some packages could not be installed; their tests are skipped with their reason." >&2; }
  [ $made = yes ] && rm -f $policy
  return 0
}

run_project() {
  local name=$1
  shift
  echo "== $name"
  dotnet test "tests/$name/$name.csproj" --no-build --nologo -v q --logger "trx;LogFileName=$results/$name.trx" \
    --logger "console;verbosity=minimal" "$@" || failed_projects+=("$name")
}

count() { grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}'; }

failed_projects=()
if [ "$mode" = fast ]; then
  dotnet build tests/Consultation.Tests -v q --nologo
  run_project Consultation.Tests
else
  install_packages
  dotnet build Consultation.sln -v q --nologo
  dotnet format Consultation.sln --verify-no-changes --no-restore
  for name in Consultation.Tests Consultation.StorageTests Consultation.ServerTests Consultation.BrowserTests; do
    run_project "$name"
  done
fi

total=$(count total) passed=$(count passed) failed=$(count failed)
[ ${#failed_projects[@]} -gt 0 ] && [ "$failed" -eq 0 ] && failed=${#failed_projects[@]}
[ ${#failed_projects[@]} -gt 0 ] && echo "Failed: ${failed_projects[*]}"
echo "$passed passed, $failed failed, $((total - passed - $(count failed))) skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
