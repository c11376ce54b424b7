# shellcheck shell=sh disable=SC2154 # git-common.sh's functions set variables
# What a session changed. Functions only; needs git-common.sh.
#
# Everything is measured from the merge base of HEAD and the base branch, or from START, the commit
# that the session began with, where the base is gone. Untracked files count as added ones: they are
# put into a copy of the index, so that git sees the whole at once. Nothing in the repo is changed.

m_diff_git() {
    GIT_OPTIONAL_LOCKS=0 LC_ALL=C git -c core.quotePath=true -c diff.noprefix=false \
        -c diff.mnemonicPrefix=false -c diff.relative=false -c diff.orderFile=/dev/null \
        -c diff.algorithm=default -c diff.context=3 -c diff.interHunkContext=0 \
        -c diff.renameLimit=1000 -c core.hooksPath=/dev/null -c core.splitIndex=false \
        -c core.bigFileThreshold=8m -C "$m_tree" "$@"
}

# The same for every user's configuration.
m_diff() {
    m_diff_git diff --no-ext-diff --no-textconv --no-color --find-renames --submodule=short \
        --ignore-submodules=dirty --src-prefix=a/ --dst-prefix=b/ "$@"
}

# m_changes_open WORKTREE BASE START TMP: sets m_tree, m_from (the commit to measure from), m_head
# and m_others (how many untracked files), and makes TMP/index when there are some.
m_changes_open() {
    m_git_env
    m_tree=$1 m_tmp=$4
    m_head=$(m_diff_git rev-parse --quiet --verify 'HEAD^{commit}') || m_head=
    m_from=
    if [ -n "$m_head" ]; then
        for m_base in ${2:+"refs/heads/$2" "refs/remotes/$2" "refs/tags/$2" \
            "refs/remotes/origin/$2" "$2"} ${3:+"$3"}; do
            m_from=$(m_diff_git merge-base -- "$m_head" "$m_base" 2>/dev/null) && break
        done
    fi
    # Not even a common ancestor: everything is new.
    [ -n "$m_from" ] || m_from=$(m_diff_git hash-object -t tree /dev/null) || return 1
    m_diff_git ls-files -o --exclude-standard >"$m_tmp/others" || return 1
    m_others=$(grep -c '' "$m_tmp/others")
    rm -f "$m_tmp/index"
    # More than that is hardly work, and to read it all would cost: counted as files only.
    if [ "$m_others" -gt 0 ] && [ "$m_others" -le 3000 ]; then
        m_git_dir=$(m_diff_git rev-parse --absolute-git-dir; printf .)
        m_git_dir=${m_git_dir%"$m_nl."}
        # Its time must stay: by it, git knows which entries may have changed unseen.
        [ ! -f "$m_git_dir/index" ] || cp -p "$m_git_dir/index" "$m_tmp/index" || return 1
        m_empty=$(m_diff_git hash-object --stdin </dev/null) || return 1
        GIT_INDEX_FILE=$m_tmp/index
        export GIT_INDEX_FILE
        grep -v -e '/$' -e '/"$' "$m_tmp/others" | sed "s/^/100644 $m_empty 0	/" |
            m_diff_git update-index --index-info || return 1
    fi
    return 0
}

# m_changes WORKTREE BASE START TMP: prints `changes FILES ADDED REMOVED COMMITS FROM HEAD`.
m_changes() {
    m_changes_open "$@" || return 1
    m_commits=0
    if [ -n "$m_head" ]; then
        m_commits=$(m_diff_git rev-list --count "$m_head" --not "$m_from" 2>/dev/null) ||
            m_commits=$(m_diff_git rev-list --count "$m_head") || return 1
    fi
    m_diff --numstat "$m_from" -- >"$m_tmp/numstat" || return 1
    m_uncounted=0
    [ -f "$m_tmp/index" ] || m_uncounted=$m_others
    awk -v more="$m_uncounted" -v rest="$m_commits $m_from ${m_head:-none}" '
        { files++; if ($1 != "-") { added += $1; removed += $2 } }
        END { printf "changes %d %d %d %s\n", files + more, added, removed, rest }
    ' "$m_tmp/numstat"
}

# m_section NAME FILE: `NAME LENGTH`, newline, that many bytes.
m_section() {
    printf '%s %s\n' "$1" "$(wc -c <"$2" | tr -d ' ')" && cat "$2"
}

# m_whole_diff WORKTREE BASE START TMP LIMIT PART [PATH…]: everything in sections; LIMIT bytes of
# patch at most, one byte more when it was longer; 0: no patch. PART is all, committed (since the
# base) or uncommitted (since HEAD). With PATHs, the patch is theirs alone; the list is whole.
m_whole_diff() {
    m_changes_open "$1" "$2" "$3" "$4" || return 1
    printf 'from %s\nhead %s\n' "$m_from" "${m_head:-none}"
    m_limit=$5 m_old=$m_from m_new=
    case $6 in
    committed) m_new=${m_head:-$m_from} ;;
    uncommitted) m_old=${m_head:-$m_from} ;;
    esac
    m_part=$6
    shift 6
    # Each file's record in --raw, then each in --numstat; names end with NUL.
    m_diff -z --raw --numstat --abbrev=40 "$m_old" ${m_new:+"$m_new"} -- >"$m_tmp/files" ||
        return 1
    m_section files "$m_tmp/files" || return 1
    (
        unset GIT_INDEX_FILE
        true >"$m_tmp/untracked" || exit 1
        [ "$m_part" = committed ] ||
            m_diff_git ls-files -z -o --exclude-standard >"$m_tmp/untracked" || exit 1
        if [ -n "$m_head" ]; then
            m_diff -z --name-only --no-renames "$m_head" -- >"$m_tmp/uncommitted"
        else
            m_diff_git ls-files -z >"$m_tmp/uncommitted"
        fi
    ) || return 1
    m_section untracked "$m_tmp/untracked" || return 1
    m_section uncommitted "$m_tmp/uncommitted" || return 1
    true >"$m_tmp/patch" || return 1
    if [ "$m_limit" -gt 0 ]; then
        # A name is a name, whatever it holds.
        GIT_LITERAL_PATHSPECS=1
        export GIT_LITERAL_PATHSPECS
        # git ends with SIGPIPE at the limit: that is no failure.
        { m_diff "$m_old" ${m_new:+"$m_new"} -- "$@" 2>"$m_tmp/err" || :; } |
            head -c "$((m_limit + 1))" >"$m_tmp/patch"
        if [ -s "$m_tmp/err" ] && [ ! -s "$m_tmp/patch" ]; then
            cat "$m_tmp/err" >&2
            return 1
        fi
    fi
    m_section patch "$m_tmp/patch"
}

# m_with_tmp COMMAND A B C [MORE…]: with a folder of its own, deleted after; its name is the fourth
# argument.
m_with_tmp() {
    m_tmp=$(mktemp -d "${TMPDIR:-/tmp}/muster.XXXXXX") || return 1
    trap 'rm -rf "$m_tmp"' EXIT
    trap 'exit 129' HUP INT TERM PIPE
    m_command=$1 m_first=$2 m_second=$3 m_third=$4
    shift 4
    "$m_command" "$m_first" "$m_second" "$m_third" "$m_tmp" "$@"
}
