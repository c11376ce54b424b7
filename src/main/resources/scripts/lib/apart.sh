# shellcheck shell=sh
# m_apart SCRIPT ARGUMENT…: runs it beside the agent, apart from its terminal, so that neither ends the
# other.
m_apart() {
  if command -v setsid >/dev/null 2>&1; then
    (setsid /bin/sh "$@" </dev/null >/dev/null 2>&1 &)
  elif command -v perl >/dev/null 2>&1; then
    (perl -MPOSIX -e 'setsid(); exec(@ARGV)' /bin/sh "$@" </dev/null >/dev/null 2>&1 &)
  else
    (/bin/sh "$@" </dev/null >/dev/null 2>&1 &)
  fi
}
