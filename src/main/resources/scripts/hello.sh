# shellcheck shell=sh disable=SC2154,SC2034
# The first script on a new connection: makes the state folder, installs the scripts of this
# version, and says what is there. Repeating it changes nothing.
#
# hello.sh VERSION NEW-GENERATION; input: a line for each file: NAME, then a line of %b text
m_lib=$1 m_newgen=$2

m_say() { printf '%s\n' "$*"; }
m_hexed() { od -An -v -tx1 | tr -d ' \n'; }

mkdir -p "$S" 2>/dev/null || {
  m_say "fault state $(printf %s "$S" | m_hexed)"
  exit 10
}
# Ours alone: a folder that somebody else made there is refused.
# shellcheck disable=SC2012,SC2046
set -- $(ls -ldn "$S")
if [ "${3:-}" != "$(id -u)" ]; then
  m_say "fault owner $(printf %s "$S" | m_hexed)"
  exit 11
fi
chmod 700 "$S"
cd "$S" || exit 10
mkdir -p sessions gone names watch lib
# Folders of removed sessions whose deletion was cut off.
rm -rf gone/.[0-9A-Z]*

if [ ! -e "lib/$m_lib/done" ]; then
  m_tmp=lib/.new.$$
  rm -rf "$m_tmp"
  mkdir "$m_tmp" || { m_say "fault disk"; exit 12; }
  while IFS= read -r m_name && IFS= read -r m_text; do
    printf %b "$m_text" >"$m_tmp/$m_name" || { m_say "fault disk"; rm -rf "$m_tmp"; exit 12; }
  done
  chmod 700 "$m_tmp"/*
  true >"$m_tmp/done"
  mv "$m_tmp" "lib/$m_lib" 2>/dev/null || rm -rf "$m_tmp"
  [ -e "lib/$m_lib/done" ] || { m_say "fault disk"; exit 12; }
else
  cat >/dev/null
fi

if [ ! -s gen ]; then
  true >>"journal.$m_newgen"
  printf '%s\n' "$m_newgen" >gen.$$ && ln gen.$$ gen 2>/dev/null
  rm -f gen.$$
fi
IFS= read -r m_gen <gen || m_gen=
[ -n "$m_gen" ] || { m_say "fault disk"; exit 12; }
[ -e "journal.$m_gen" ] || true >>"journal.$m_gen"

m_say "home $(printf %s "$HOME" | m_hexed)"
m_say "state $(printf %s "$S" | m_hexed)"
m_say "shell $(printf %s "${SHELL:-}" | m_hexed)"
m_say "os $(uname -sr | tr ' ' '_')"
m_say "time $(date +%s)"
m_say "git $(git --version 2>/dev/null | tr -cd '0-9A-Za-z.() _-' | tr ' ' '_')"
m_say "tmux $(tmux -V 2>/dev/null | tr -cd '0-9A-Za-z._ -' | tr ' ' '_')"
m_say "gen $m_gen"
m_vitals
m_say "vitals $m_vital"
for m_j in journal.*; do
  # shellcheck disable=SC2012,SC2046
  set -- $(ls -ln "$m_j")
  m_say "journal ${m_j#journal.} $5"
done
m_say "done"
