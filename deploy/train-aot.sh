#!/bin/sh
# Makes the AOT caches that let Muster start fast: boots a service in a home of its own, starts a
# session there and asks for the board as a person would, and stops it. Both runs leave a cache
# behind (see `muster` beside this file, which knows where). A few seconds; run once for each jar
# and JDK.
#
#   sh train-aot.sh                    now
#   sh train-aot.sh CACHE SECONDS      after some seconds, unless another run for CACHE is at work

dir=$(cd "$(dirname "$0")" && pwd) || exit 1
# Started in the background by a command, it outlives the terminal of that command.
trap '' HUP

home=$(mktemp -d "${TMPDIR:-/tmp}/muster-training.XXXXXX") || exit 1
lock=
service=
clean_up() {
  [ -n "$service" ] && kill -TERM "$service" 2>/dev/null && wait "$service"
  [ -n "$lock" ] && rm -rf "$lock"
  for socket in "$home"/state/muster/*/tmux.sock; do
    [ ! -S "$socket" ] || tmux -S "$socket" kill-server 2>/dev/null
  done
  rm -rf "$home" || { sleep 1 && rm -rf "$home"; }
}
trap clean_up EXIT
trap 'exit 1' INT TERM

if [ -n "${1:-}" ]; then
  mkdir -p "${1%/*}"
  # A lock of more than ten minutes ago is one that a kill has left behind.
  find "${1%/*}" -maxdepth 1 -name muster-training.lock -mmin +10 -exec rmdir {} + 2>/dev/null
  mkdir "${1%/*}/muster-training.lock" 2>/dev/null || exit 0
  lock=${1%/*}/muster-training.lock
  sleep "${2:-0}"
fi

# Nothing of the user's is read or written, but for the cache folder.
: "${XDG_CACHE_HOME:=${HOME:-$home}/.cache}"
HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
unset MUSTER_SERVER SSH_AUTH_SOCK
mkdir -p "$XDG_CONFIG_HOME/muster"
# A host that refuses at once: enough to load what SSH needs. This machine for the rest, in the same
# home; where it has no tmux or git, no session starts, and the caches lack a little.
mkdir "$home/repo"
cat >"$XDG_CONFIG_HOME/muster/hosts.yaml" <<END
defaults: { agent: training }
agents:
  training: { type: command, command: sleep, args: ["60"] }
hosts:
  training: { ssh: training@127.0.0.1:9 }
  here: { local: true, home: "$home", repos: { repo: { path: "$home/repo" } } }
END
MUSTER_HOSTS=$XDG_CONFIG_HOME/muster/hosts.yaml
MUSTER_NO_TRAINING=1
export MUSTER_HOSTS MUSTER_NO_TRAINING

port=$((20000 + $$ % 20000))
server=http://127.0.0.1:$port
muster() {
  nice "$dir/muster" "$@" </dev/null >>"$home/log" 2>&1
}

MUSTER_TRAINING=1 nice "$dir/muster" serve --port "$port" \
  </dev/null >"$home/service.log" 2>&1 &
service=$!
tries=0
until muster --server "$server" --no-start status; do
  tries=$((tries + 1))
  if [ "$tries" -gt 60 ] || ! kill -0 "$service" 2>/dev/null; then
    echo "muster: no AOT cache for the service: it did not come up for the training run" >&2
    cat "$home/service.log" "$home/log" >&2
    # Commands get what is left: without a cache of their own, each would try this again.
    MUSTER_TRAINING=1 muster version
    exit 1
  fi
  sleep 0.5
done
for session in one two three; do
  muster --server "$server" --no-start start here:repo --no-worktree -n "$session"
done
MUSTER_TRAINING=1 muster --server "$server" --no-start status
kill -TERM "$service"
wait "$service"
service=
