#!/usr/bin/env bash
# Installs what the tests need on Debian and runs all of them.
#   eng/test.sh          everything: build, format, every test project, every benchmark once in the smallest size
#   eng/test.sh fast     the tests without I/O only
# Ends with one line "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed. What ended without
# saying so (a build, the format, the benchmarks, a project that crashed or hung) counts as one failure.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mode=${1:-all}
results=$(mktemp -d)
policy=/usr/sbin/policy-rc.d policy_is_ours=no
trap 'rm -rf "$results"; [ $policy_is_ours = no ] || rm -f $policy' EXIT

install_packages() {
  local missing=()
  command -v psql >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v chromium >/dev/null || missing+=(chromium)
  fc-list 2>/dev/null | grep -i 'noto.*cjk' >/dev/null || missing+=(fonts-noto-cjk fontconfig)
  command -v exim4 >/dev/null || [ -x /usr/sbin/exim4 ] || missing+=(exim4-daemon-light)
  command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ] || missing+=(dovecot-imapd)
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
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; policy_is_ours=yes; fi
  apt-get update -qq >"$results/apt.log" 2>&1 || true
  # One by one when they cannot be had together: a package that this Debian lacks keeps none of the others away.
  apt_install "${missing[@]}" || for package in "${missing[@]}"; do
    apt_install "$package" || echo "Could not be installed: $package; tests that need it are skipped with their reason." >&2
  done
}

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$results/apt.log" 2>&1; }

# Runs a project; one that ends badly without a failed test in its results has crashed or hung.
run_project() {
  local name=$1 log="$results/$1.trx"
  echo "== $name"
  dotnet test "tests/$name/$name.csproj" --no-build --nologo -v q --blame-hang-timeout 20m --blame-hang-dump-type none \
    --results-directory "$results" --logger "trx;LogFileName=$log" --logger "console;verbosity=minimal" && return
  [ "$(count failed "$log")" -gt 0 ] || not_run+=("$name")
}

count() {
  local what=$1
  shift
  { grep -ho '<Counters [^>]*' "$@" 2>/dev/null || true; } | { grep -o " $what=\"[0-9]*\"" || true; } | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}'
}

not_run=() format=
if [ "$mode" = fast ]; then
  projects=(Consultation.Tests)
  dotnet build tests/Consultation.Tests -v q --nologo || { not_run+=(build) projects=(); }
else
  projects=(Consultation.Tests Consultation.StorageTests Consultation.ServerTests Consultation.BrowserTests)
  install_packages
  if dotnet build Consultation.sln -v q --nologo; then
    # One core of two is idle much of the time that the tests take; the format is looked at meanwhile.
    dotnet format Consultation.sln --verify-no-changes --no-restore >"$results/format.log" 2>&1 & format=$!
    dotnet run --no-build --project tests/Consultation.Benchmarks -- smoke >"$results/smoke.log" 2>&1 ||
      { not_run+=(benchmarks); cat "$results/smoke.log"; }
  else
    not_run+=(build) projects=()
  fi
fi
for name in ${projects[@]+"${projects[@]}"}; do run_project "$name"; done
if [ -n "$format" ] && ! wait "$format"; then not_run+=(format); cat "$results/format.log"; fi

total=$(count total "$results"/*.trx) passed=$(count passed "$results"/*.trx) failed=$(count failed "$results"/*.trx)
[ ${#not_run[@]} -eq 0 ] || echo "Not run to the end: ${not_run[*]}"
echo "$passed passed, $((failed + ${#not_run[@]})) failed, $((total - passed - failed)) skipped"
[ $((failed + ${#not_run[@]})) -eq 0 ] && [ "$passed" -gt 0 ]
