# shellcheck shell=bash disable=SC2016,SC2154
# The parts of bare-machine, which sets: repository, cache, suite, base, machines, machine.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Ends the script with the reason where this machine cannot make bare ones.
check_host() {
  local why='No bare machine can be made here:' tool
  [ "$(uname -s)" = Linux ] || fail "$why this is not Linux."
  [ "$(id -u)" = 0 ] || fail "$why that needs root."
  for tool in apt-get apt-config git dotnet flock unshare setpriv chroot mount; do has "$tool" || fail "$why there is no $tool."; done
  git_here rev-parse HEAD >/dev/null 2>&1 || fail "$why $repository is no git checkout with a commit."
  [ -n "$(mirror)" ] || fail "$why the package sources of this machine name no Debian mirror."
  "${in_namespaces[@]}" sh -c 'mount -t tmpfs tmpfs /mnt && chroot / true' >/dev/null 2>&1 || fail "$why mounts or chroot are not allowed."
  has debootstrap || install_debootstrap || fail "$why debootstrap cannot be installed."
}

install_debootstrap() {
  say "Installing debootstrap."
  apt-get install -y --no-install-recommends debootstrap >/dev/null 2>&1 && return
  apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends debootstrap >/dev/null 2>&1
}

# Processes and mounts of the command end with the first process in there, and that one ends with this script.
in_namespaces=(setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child)

# CI checks out as another user than it runs as; git would refuse that. Only this one variable reaches git's other half too.
git_here() { GIT_CONFIG_GLOBAL=$repository/.ci/gitconfig git -C "$repository" "$@"; }

# The package sources of this machine that belong to its release, one a line: address, suite, component. Others are not carried over.
sources() {
  local codename
  codename=$(. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || return 0
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sed -n "s/ $codename\(-[a-z]*\)\{0,1\} / $suite\1 /p"
}

mirror() { sources | sed -n "s/ $suite main\$//p" | sed -n 1p; }

make_base() {
  local start=$SECONDS log=$cache/bases/$suite.log
  exec 8>"$cache/bases/$suite.lock"
  flock -n 8 || { say "The base of bare machines is being made; waiting ..."; flock 8; }
  if [ ! -d "$base" ]; then
    say "Making the base of bare machines by debootstrap ($suite), once; about two minutes ..."
    delete_folder "$base.new"
    fill_base "$base.new" >"$log" 2>&1 8>&- || { tail -n 20 "$log" >&2; fail "The base was not made; the whole log: $log"; }
    mv "$base.new" "$base"
    say "Made in $((SECONDS - start)) s: $base"
  fi
  exec 8>&-
}

# git, certificates, and what the .NET SDK's own packages depend on. No package lists, as on a new machine.
fill_base() {
  debootstrap --variant=minbase --include=ca-certificates,git,tzdata "$suite" "$1" "$(mirror)" || return
  carry_over "$1" && chroot "$1" apt-get update || return
  chroot "$1" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends '^libicu[0-9]+$' || return
  rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin "$1"/var/cache/apt/archives/*.deb
}

make_machine() {
  local commit
  commit=$(git_here rev-parse --short HEAD)
  [ -z "$(git_here status --porcelain)" ] || say "Changes that are not committed stay out of the clone."
  delete_folder "$machine.new"
  mkdir "$machine.new"
  cp -a --reflink=auto "$base" "$machine.new/root"
  carry_over "$machine.new/root"
  git_here clone --quiet --depth 1 "file://$repository" "$machine.new/root/root/hsnas"
  printf '%s\n' "$commit" >"$machine.new/commit"
  printf '%s\n' "$suite" >"$machine.new/suite"
  mv "$machine.new" "$machine"
}

# Addresses and keys of package sources, certificates, name resolution.
carry_over() {
  local root=$1 file
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  sources | sed 's/^/deb /' >"$root/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(https?::|Check-|Retries)' >"$root/etc/apt/apt.conf.d/10machine" || true
  for file in auth.conf auth.conf.d trusted.gpg.d; do [ ! -e "/etc/apt/$file" ] || cp -rL "/etc/apt/$file" "$root/etc/apt/"; done
  if [ -d /usr/local/share/ca-certificates ]; then
    cp -rL /usr/local/share/ca-certificates "$root/usr/local/share/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
  fi
  for file in .npmrc .nuget/NuGet/NuGet.Config; do
    [ ! -e "$HOME/$file" ] || { mkdir -p "$root/root/$(dirname "$file")" && cp -L "$HOME/$file" "$root/root/$file"; }
  done
  mkdir -p "$root/usr/share/dotnet"
  ln -sf ../share/dotnet/dotnet "$root/usr/bin/dotnet"
}

# One script at a time uses a machine.
take_machine() {
  exec 7>"$machines/$1.lock"
  flock -n 7 || fail "The machine '$1' is in use."
  exec 8>&-
}

# Deletes the machines of scripts that were killed. Two scripts that start at once do this one after the other: else one could
# delete the lock that the other has just made.
forget_stale_machines() {
  local lock
  exec 8>"$machines/stale.lock"
  flock 8
  for lock in "$machines"/run.*.lock; do
    if [ ! -e "$lock" ] || ! flock -n "$lock" true; then continue; fi
    delete_folder "${lock%.lock}"
    delete_folder "${lock%.lock}.new"
    rm -f "$lock"
  done
}

# Processes may still be ending; what they write meanwhile is deleted by the second try.
delete_folder() { rm -rf --one-file-system "$1" 2>/dev/null || { sleep 1; rm -rf --one-file-system "$1"; }; }

# Starts "inside" in the namespaces and waits. Ctrl-C reaches the command by itself; any other end of this script kills it.
run_inside() {
  local child code=0
  "${in_namespaces[@]}" env --default-signal=INT,QUIT "$repository/.ci/bare-machine" --inside "$@" <&0 7>&- &
  child=$!
  trap : INT
  trap 'kill -KILL "$child" 2>/dev/null; exit 143' TERM HUP
  while :; do
    wait "$child" && code=0 || code=$?
    kill -0 "$child" 2>/dev/null || return "$code"
  done
}

# In the namespaces, as their first process: it collects orphans, and all others end with it.
inside() {
  local root=$1 variable sdk environment=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  shift
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  # A mount point, as the root of a machine is one: engines of containers remount and exchange it.
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  mount --bind "$sdk" "$root/usr/share/dotnet"
  mount -o remount,bind,ro "$root/usr/share/dotnet"
  for variable in SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS; do
    if [ -n "${!variable:-}" ] && [ -e "$root/${!variable}" ]; then environment+=("$variable=${!variable}"); fi
  done
  for variable in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY; do
    [ -z "${!variable:-}" ] || environment+=("$variable=${!variable}")
  done
  local code=0
  chroot "$root" env -i -C /root/hsnas "${environment[@]}" "$@" || code=$?
  return "$code"
}
