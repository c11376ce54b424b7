#!/bin/sh
# Finds a JDK that is new enough for Muster, by reading the `release` file of each candidate:
# no java is started, and on the usual path nothing is forked.
#
#   sh find-jdk.sh [java|javac]     prints its home; javac: one that can also build (default: java)
#   . find-jdk.sh; find_jdk java    sets jdk (its home) and jdk_version; 1 when there is none
#
# Order: JAVA_HOME, the java on the PATH, then the usual folders of Linux and macOS, the user's own
# first. One that is too old is passed over, wherever it was named.

jdk_needed=25

# Takes $1 as the answer when it is new enough and has the program $2; else notes it as seen.
jdk_try() {
  { [ -n "$1" ] && [ -x "$1/bin/$2" ] && [ -r "$1/release" ]; } || return 1
  jdk_version=
  while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
    case $jdk_line in
      JAVA_VERSION=*) jdk_version=${jdk_line#JAVA_VERSION=} ;;
    esac
  done <"$1/release"
  jdk_version=${jdk_version#\"}
  jdk_version=${jdk_version%%\"*}
  jdk_major=${jdk_version%%[!0-9]*}
  if [ -n "$jdk_major" ] && [ "$jdk_major" -ge "$jdk_needed" ]; then
    jdk=$1
    return 0
  fi
  jdk_seen="${jdk_seen}  $1 is ${jdk_version:-of an unknown version}
"
  return 1
}

# The home that a java on the PATH belongs to: links followed, /bin/java taken off.
jdk_on_path() {
  jdk_java=$(command -v java) || return 1
  while [ -L "$jdk_java" ]; do
    jdk_link=$(readlink "$jdk_java") || return 1
    case $jdk_link in
      /*) jdk_java=$jdk_link ;;
      *) jdk_java=${jdk_java%/*}/$jdk_link ;;
    esac
  done
  jdk_home=${jdk_java%/bin/java}
}

find_jdk() {
  jdk='' jdk_version='' jdk_seen=''
  jdk_try "${JAVA_HOME:-}" "$1" && return 0
  if jdk_on_path; then
    jdk_try "$jdk_home" "$1" && return 0
  fi
  for jdk_candidate in \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    "${HOME:-/}"/.local/share/mise/installs/java/* "${HOME:-/}"/.asdf/installs/java/* \
    "${HOME:-/}"/.jabba/jdk/* \
    "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    jdk_try "$jdk_candidate" "$1" && return 0
  done
  return 1
}

# Says what was looked at and how to get one.
jdk_missing() {
  echo "A JDK $jdk_needed or newer is needed for Muster and was not found." >&2
  if [ -n "$jdk_seen" ]; then
    printf 'Looked at, but too old:\n%s' "$jdk_seen" >&2
  fi
  echo "Get one (https://adoptium.net, \`brew install openjdk@25\`, \`sdk install java 25-tem\`)" >&2
  echo "or set JAVA_HOME to one that is already here." >&2
}

if [ "${0##*/}" = find-jdk.sh ]; then
  if find_jdk "${1:-java}"; then
    printf '%s\n' "$jdk"
  else
    jdk_missing
    exit 1
  fi
fi
