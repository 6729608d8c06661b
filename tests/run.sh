# shellcheck shell=bash
# The tests of ./hsnas test: what they need, running them, summing up. Sourced by ../hsnas, whose functions and variables it uses.

# The browser that the dashboard's tests drive; others do without.
install_chromium() {
  { has chromium || [ -n "${HSNAS_CHROMIUM:-}" ]; } && return
  if ! on_debian || ! become_root; then say "No chromium: tests of the dashboard need one (or HSNAS_CHROMIUM)."; return; fi
  is_offered chromium || read_package_lists
  say "Missing on this machine: chromium, which tests of the dashboard drive. Installing with apt-get."
  step "Installing chromium" apt_install chromium || true
}

# What tests of the containers need, where a machine can run containers: as root with the right to mount, on Debian or Ubuntu.
install_podman() {
  has podman && has runc && has mmdebstrap && return
  if ! on_debian || ! { has unshare && unshare --mount true 2>/dev/null; }; then
    say "No containers are tested: that takes root with the right to mount, on Debian or Ubuntu."
    return
  fi
  is_offered podman || read_package_lists
  say "Missing on this machine: podman, runc or mmdebstrap, by which containers are tested. Installing with apt-get."
  step "Installing podman, runc and mmdebstrap" apt_install podman runc mmdebstrap || true
}

# Of a test log: how many tests had this outcome; 0 where it does not say.
count() { local n; n=$(sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$2" | tail -n 1); echo "${n:-0}"; }

skip_reasons() { sed -n '/\[SKIP\]$/ { n; s/^\[xUnit[^]]*\] */  skipped: /p; }' "$1" | sort -u; }

# The collector is part of the test SDK and has its version. Without its folder the test platform does not find it.
collector() {
  local packages version
  packages=$(dotnet nuget locals global-packages --list | sed -n 's/^global-packages: //p')
  version=$(sed -n 's/.*"Microsoft.NET.Test.Sdk" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")
  printf '%s' "${packages%/}/microsoft.codecoverage/$version/build/netstandard2.0"
}

# Merges the reports of all test projects; a line for each project and one for all of them.
show_coverage() {
  local folder=$1
  step "Restoring the coverage reporter" in_root dotnet tool restore
  step "Merging coverage" in_root dotnet reportgenerator \
    "-reports:$folder/**/*.cobertura.xml" "-targetdir:$folder/report" "-reporttypes:TextSummary;Html" \
    "-assemblyfilters:+HsNas.*;-*.Tests" "-filefilters:-**/obj/**"
  echo
  echo "Line coverage:"
  sed -n 's/^\(HsNas[^ ]*\)  *\([0-9.]*%\)$/\1 \2/p; s/^  Line coverage: \([0-9.]*%\).*/all \1/p' "$folder/report/Summary.txt" |
    while read -r name share; do printf '%-32s %6s\n' "$name" "$share"; done
  echo "By line: $folder/report/index.html"
}

# How the tests of a log ended: how many passed, failed and were skipped; "none" without tests, "lost" without a summary.
outcome() {
  if grep -qE '^Test Run (Successful|Failed)\.' "$1"; then
    echo "$(count Passed "$1") $(count Failed "$1") $(count Skipped "$1")"
  elif grep -q 'No test is available' "$1"; then echo none; else echo lost; fi
}

# Says how the tests of a project ended: NAME LOG SECONDS. Of those skipped why, each reason once; all of what failing ones said.
show_tests() {
  local p f s
  read -r p f s <<<"$(outcome "$2")"
  case $p in
    none) printf '%-32s no tests\n' "$1" ;;
    lost)
      printf '%-32s ended without a summary\n' "$1"
      cat "$2"
      ;;
    *)
      printf '%-32s %4d passed, %d failed, %d skipped, %d s\n' "$1" "$p" "$f" "$s" "$3"
      [ "$s" = 0 ] || skip_reasons "$2"
      [ "$f" = 0 ] || grep -v '^  Passed ' "$2" || true
      ;;
  esac
}

# nproc would tell how many threads OpenMP may use, if it were let.
cores() { (unset OMP_NUM_THREADS; nproc || getconf _NPROCESSORS_ONLN || echo 1) 2>/dev/null; }

# Runs the tests of those assemblies that no other lane has taken. What is shown of one is written at once: another may end just then.
run_lane() {
  local assembly name log start tests=''
  trap 'kill $tests ${other:-} 2>/dev/null; rm -rf "$claims"; exit 130' INT TERM
  for assembly in "$@"; do
    name=$(basename "$assembly" .dll)
    mkdir "$claims/$name" 2>/dev/null || continue
    log=$state/logs/test-$name.log start=$SECONDS
    dotnet test "$assembly" --logger 'console;verbosity=normal' ${measured[@]+"${measured[@]}"} >"$log" 2>&1 </dev/null &
    tests=$!
    wait "$tests" || true
    printf '%s\n' "$(show_tests "$name" "$log" $((SECONDS - start)))"
  done
  trap - INT TERM
}

# Whether a run with these words takes a project's tests: NAME WORD...
takes() {
  local name=$1 word words=''
  shift
  for word in "$@"; do
    [ "$word" != --coverage ] || continue
    [[ $name != *"$word"* ]] || return 0
    words=1
  done
  [ -z "$words" ]
}

# Runs every test project whose name holds one of the arguments (all without arguments) and sums up; --coverage measures which
# lines they run. A skipped test counts as a failed one: the set-up has all that a test needs.
run_tests() {
  local coverage='' measured=()
  if [[ " $* " == *" --coverage "* ]]; then coverage=$state/coverage; fi
  if [ -n "$coverage" ]; then
    rm -rf "$coverage"
    measured=(--collect 'Code Coverage;Format=cobertura' --test-adapter-path "$(collector)" --results-directory "$coverage")
  fi
  local assemblies=() reversed=() assembly claims=$state/claims.$$ other=''
  for assembly in "$root"/tests/*/bin/Release/net10.0/HsNas.*.Tests.dll; do
    if takes "$(basename "$assembly" .dll)" "$@"; then assemblies+=("$assembly") reversed=("$assembly" ${reversed[@]+"${reversed[@]}"}); fi
  done

  # Two projects at a time: one from the front and one from the back of the list. Much of a test's time is waiting.
  mkdir "$claims"
  if [ ${#assemblies[@]} -gt 1 ] && [ -z "$coverage" ] && [ "$(cores)" -gt 1 ]; then
    run_lane "${reversed[@]}" &
    other=$!
  fi
  run_lane ${assemblies[@]+"${assemblies[@]}"}
  [ -z "$other" ] || wait "$other"
  rm -rf "$claims"

  local passed=0 failed=0 skipped=0 p f s
  for assembly in ${assemblies[@]+"${assemblies[@]}"}; do
    read -r p f s <<<"$(outcome "$state/logs/test-$(basename "$assembly" .dll).log")"
    case $p in
      none) ;;
      lost) failed=$((failed + 1)) ;;
      *) passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)) ;;
    esac
  done
  [ "$skipped" = 0 ] || echo "Skipped tests count as failed: $skipped."
  failed=$((failed + skipped))
  [ -z "$coverage" ] || show_coverage "$coverage"
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}
