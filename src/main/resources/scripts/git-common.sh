# shellcheck shell=sh disable=SC2034 # what a function sets, its callers read
# What Muster's git scripts share. Functions only: loading this file does nothing.
# Names begin with m_, as POSIX sh has no local variables.

m_nl='
'

# Variables of a git command around us would lead git to another repository, and CDPATH makes cd
# print.
m_git_env() {
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_NAMESPACE \
        GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_PREFIX GIT_SHALLOW_FILE GIT_QUARANTINE_PATH \
        GIT_LITERAL_PATHSPECS GIT_CONFIG GIT_EXTERNAL_DIFF GIT_DIFF_OPTS CDPATH
}

# Any bytes as hex digits, so that no name can look like an answer of ours.
m_hex() {
    printf '%s' "$1" | od -An -v -tx1 | tr -d ' \t\n'
}

# Reads a whole file of raw bytes into m_text; unlike $(cat), keeps newlines at its end.
m_read() {
    m_text=$(cat "$1" 2>/dev/null && printf .) || return 1
    m_text=${m_text%.}
}

# Sets m_start to what tells process $1 from a later one of the same number; fails when there is
# no such process, or only its corpse.
m_started() {
    m_start=
    if [ -r /proc/self/stat ]; then
        m_stat=
        { IFS= read -r m_stat <"/proc/$1/stat"; } 2>/dev/null || return 1
        # After the command's name, which may hold anything: state is field 1, start time 20.
        # shellcheck disable=SC2086
        set -- ${m_stat##*) }
        case ${1:-Z} in Z | X) return 1 ;; esac
        shift 9 2>/dev/null && shift 9 2>/dev/null && m_start=${2:-}
    else
        m_start=$(LC_ALL=C ps -o lstart= -p "$1" 2>/dev/null | tr -cd 'A-Za-z0-9')
    fi
    [ -n "$m_start" ]
}

m_host_name() {
    m_host=
    { IFS= read -r m_host </proc/sys/kernel/hostname; } 2>/dev/null || m_host=$(uname -n)
    case $m_host in
    '' | *[!A-Za-z0-9.-]*) m_host=$(printf '%s' "$m_host" | tr -c 'A-Za-z0-9.-' '-')- ;;
    esac
}

# m_lock DIR SECONDS: one holder at a time in DIR; waits, and gives up with m_holder set.
#
# Lamport's bakery: each one draws a number (files n.NUMBER.PID.START.HOST; c.0.… while it draws)
# and waits for the lower ones. A dead one's file names nobody alive, so anyone may delete it at any
# time: no "break the stale lock" race. Holders on another machine (a repo on NFS) count as alive.
m_lock() {
    [ -d "$1" ] || mkdir -p "$1" || return 1
    m_lock_dir=$1
    m_host_name
    m_started $$ || m_start=0
    m_me=$$.$m_start.$m_host
    m_limit=$(($2 * 10))
    true >"$1/c.0.$m_me" || return 1
    m_number=0
    for m_file in "$1"/n.*; do
        m_rest=${m_file##*/n.}
        m_rest=${m_rest%%.*}
        case $m_rest in
        '' | *[!0-9]*) ;;
        *) [ "$m_rest" -gt "$m_number" ] && m_number=$m_rest ;;
        esac
    done
    m_number=$((m_number + 1))
    if ! true >"$1/n.$m_number.$m_me"; then
        rm -f "$1/c.0.$m_me"
        return 1
    fi
    rm -f "$1/c.0.$m_me"
    while m_lock_blocked; do
        m_limit=$((m_limit - 1))
        if [ "$m_limit" -le 0 ]; then
            m_unlock
            return 2
        fi
        sleep 0.1 2>/dev/null || sleep 1
    done
}

m_unlock() {
    rm -f "$m_lock_dir/n.$m_number.$m_me"
}

# Whether somebody else goes first. All that draw a number are looked at before all that have one:
# who starts to draw after that sees ours.
m_lock_blocked() {
    for m_file in "$m_lock_dir"/c.*; do
        m_lock_before "$m_file" && return 0
    done
    for m_file in "$m_lock_dir"/n.*; do
        m_lock_before "$m_file" && return 0
    done
    return 1
}

m_lock_before() {
    m_rest=${1##*/}
    m_rest=${m_rest#?.}
    m_their=${m_rest%%.*}
    m_rest=${m_rest#*.}
    [ "$m_rest" = "$m_me" ] && return 1
    m_pid=${m_rest%%.*}
    case $m_their.$m_pid in
    *[!0-9.]*) return 1 ;;
    esac
    m_rest=${m_rest#*.}
    if [ "${m_rest#*.}" = "$m_host" ]; then
        if ! m_started "$m_pid" || [ "$m_start" != "${m_rest%%.*}" ]; then
            rm -f "$1"
            return 1
        fi
    fi
    if [ "$m_their" -lt "$m_number" ] ||
        { [ "$m_their" -eq "$m_number" ] && [ "$m_pid" -lt $$ ]; }; then
        m_holder="process $m_pid on ${m_rest#*.} ($1)"
        return 0
    fi
    return 1
}

# m_raw_git DIR FORMAT: makes a scratch git dir without objects whose attributes switch every
# conversion off (end of line, filters, encodings), so that git sees files byte for byte.
m_raw_git() {
    [ -f "$1/info/attributes" ] && return 0
    mkdir -p "$1/refs" "$1/objects" "$1/info" || return 1
    printf 'ref: refs/heads/none\n' >"$1/HEAD" || return 1
    if [ "$2" = sha256 ]; then
        printf '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n'
    else
        printf '[core]\n\trepositoryformatversion = 0\n'
    fi >"$1/config" || return 1
    # Last, as it tells that the rest is there.
    printf '* -text -eol -crlf -ident -filter -working-tree-encoding\n' >"$1/info/attributes"
}

# m_raw RAW WORKTREE INDEX ARGS…: git on WORKTREE's files, byte for byte, with an index of ours.
m_raw() {
    m_raw_dir=$1
    m_raw_tree=$2
    m_raw_index=$3
    shift 3
    (
        cd "$m_raw_tree" || exit 1
        GIT_DIR=$m_raw_dir GIT_WORK_TREE=$m_raw_tree GIT_INDEX_FILE=$m_raw_index LC_ALL=C
        export GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE LC_ALL
        exec git -c core.autocrlf=false -c core.safecrlf=false -c core.fileMode=true \
            -c core.symlinks=true -c core.fsmonitor=false -c core.untrackedCache=false \
            -c core.splitIndex=false -c core.sparseCheckout=false -c core.hooksPath=/dev/null \
            -c core.attributesFile=/dev/null -c core.protectNTFS=false -c core.protectHFS=false \
            -c core.checkStat=default -c core.trustctime=true -c core.quotePath=true \
            -c gc.auto=0 "$@"
    )
}
