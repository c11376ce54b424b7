#!/bin/sh
# Sees to it that the programs are here which the tests use for real: OpenSSH, tmux, git and the
# login shells that hosts have. Installs what is missing with apt where that needs no password;
# else says what is missing and what is therefore not tested, and lets the tests run without.

missing='' packages=''
need() { # PROGRAM PACKAGE
  PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1 && return
  missing="$missing $1"
  packages="$packages $2"
}

look() {
  missing='' packages=''
  need sshd openssh-server
  need ssh openssh-client
  need tmux tmux
  need git git
  need zsh zsh
  need fish fish
  need tcsh tcsh
  need dash dash
  need busybox busybox
  need mksh mksh
  need shellcheck shellcheck
  need ss iproute2
  need dbus-daemon dbus-daemon
  need notify-send libnotify-bin
  # The dashboard's tests: any browser of this family will do.
  if ! command -v google-chrome >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1; then
    need chromium chromium
  fi
}

look
[ -z "$missing" ] && exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  as_root='sudo -n'
  sudo -n true 2>/dev/null || as_root=no
fi
if command -v apt-get >/dev/null 2>&1 && [ "$as_root" != no ]; then
  echo "Installing for the tests:$packages"
  apt() {
    # shellcheck disable=SC2086 # words: a command in front
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null >/dev/null
  }
  apt update -qq
  # shellcheck disable=SC2086 # a list of packages
  apt install -y -qq --no-install-recommends $packages || {
    # Of a package that this system does not have, the others should not know.
    for package in $packages; do
      apt install -y -qq --no-install-recommends "$package"
    done
  }
  look
  [ -z "$missing" ] && exit 0
fi

cat >&2 <<END
Not found:$missing
The tests that need them are skipped, and say so. To run them all, install:$packages
END
