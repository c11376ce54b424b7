# shellcheck shell=sh disable=SC2154,SC2034
# Ends an agent that a person started by hand, as that person agreed to: asked to (TERM), never killed.
#
# end-stray.sh FOLDER PID CONVERSATION SECONDS; a leading ~/ is the home
# Answers `ended`, `other` (this process is not that conversation any more) or `alive`.
# shellcheck disable=SC2088
case $1 in '~/'*) m_f=$HOME/${1#'~/'} ;; *) m_f=$1 ;; esac
case $2 in '' | *[!0-9]*) exit 2 ;; esac
if ! kill -0 "$2" 2>/dev/null; then
  echo ended
  exit 0
fi
m_l=$(tr '\n\r' '  ' 2>/dev/null <"$m_f/sessions/$2.json")
case $m_l in
*"\"sessionId\":\"$3\""* | *"\"sessionId\": \"$3\""*) ;;
*) echo other; exit 0 ;;
esac
kill -TERM "$2" 2>/dev/null
m_i=0
while kill -0 "$2" 2>/dev/null; do
  if [ "$m_i" -ge "$(($4 * 10))" ]; then
    echo alive
    exit 0
  fi
  m_i=$((m_i + 1))
  sleep 0.1 2>/dev/null || { sleep 1; m_i=$((m_i + 9)); }
done
echo ended
