# shellcheck shell=sh disable=SC2034 # what a function sets, its callers read
# How a host is doing, for its row on the board. Put before the scripts that say so.

m_cpus=$(getconf _NPROCESSORS_ONLN 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || nproc 2>/dev/null)
case $m_cpus in '' | *[!0-9]*) m_cpus=- ;; esac

# m_vitals: sets m_vital to `SIZE FREE LOAD CPUS`: the disk that this folder is on, in KiB; the load
# average of the last minute; and the processors. What the host does not tell is `-`.
m_vitals() {
  m_load=
  { IFS=' ' read -r m_load m_rest </proc/loadavg; } 2>/dev/null ||
    m_load=$(LC_ALL=C uptime 2>/dev/null | sed -n 's/.*load average[s]*: *\([0-9.]*\).*/\1/p')
  case $m_load in '' | *[!0-9.]*) m_load=- ;; esac
  # shellcheck disable=SC2046
  set -- $(LC_ALL=C df -Pk . 2>/dev/null | sed -n '$p')
  [ "$#" -ge 6 ] || set -- - - - -
  m_vital="$2 $4 $m_load $m_cpus"
}
