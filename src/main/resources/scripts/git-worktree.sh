# shellcheck shell=sh disable=SC2154 # git-common.sh's functions set variables
# Makes a session's worktree and copies ignored files into it. Functions only; needs git-common.sh.
#
# The caller sets M_ID (the session's id) and M_DIR (its folder, there already, mode 0700). In it:
#   worktree      the worktree's path: written before it is made, so that a repeated call after a
#                 kill -9 knows its own half-made one
#   git-pid       the process of the last `git worktree add`
#   branch-made   `<commit> <branch>` when Muster makes the branch: only then may removal delete it
#   copied        a git index of the files that m_copy_included put there
# In the worktree's private git dir: muster-session, the id, once it is whole.

# Prints the one answer of a failure: `worktree WORD HEX…`.
m_worktree_say() {
    printf 'worktree %s' "$1"
    shift
    for m_arg; do
        printf ' %s' "$(m_hex "$m_arg")"
    done
    printf '\n'
}

# m_worktree_add REPO WORKTREE BRANCH BASE [TAKE]
#
# Makes WORKTREE on the new BRANCH from BASE (a local branch, a remote one, a tag, a commit; empty:
# REPO's HEAD). TAKE=take: a BRANCH that is there already is checked out as it is.
# Sets m_top (REPO's top folder). Answers one line; WORD and exit status:
#    0 made|already COMMIT yes|no (was the branch made by us), these two not in hex
#   20 repo-missing      21 not-a-repo OUTPUT   22 bare         23 base-missing NAMES
#   24 branch-exists     25 branch-elsewhere PATH               26 path-taken WHY
#   27 branch-invalid    28 branch-conflict REF 29 disk-full    30 no-permission OUTPUT
#   31 busy HOLDER       32 failed OUTPUT       33 no-git       34 not-trusted OUTPUT
#   35 no-commits
m_worktree_add() {
    m_git_env
    m_repo=$1 m_tree=$2 m_branch=$3 m_base=$4 m_take=${5:-}
    if [ ! -d "$m_repo" ]; then
        m_worktree_say repo-missing
        return 20
    fi
    m_worktree_open || return
    if ! m_lock "$m_common/muster-lock" 60; then
        if [ -n "${m_holder:-}" ]; then
            m_worktree_say busy "$m_holder"
            return 31
        fi
        m_worktree_say no-permission "$m_common can't be written to"
        return 30
    fi
    m_worktree_locked
    m_code=$?
    m_unlock
    return "$m_code"
}

# Sets m_top, m_common (absolute) and m_head (empty: no commit yet).
m_worktree_open() {
    m_errors=$M_DIR/git-errors
    m_facts=$(LC_ALL=C git -C "$m_repo" rev-parse --is-bare-repository --show-cdup \
        --git-common-dir --revs-only 'HEAD^{commit}' 2>"$m_errors")
    m_code=$?
    case $m_code.$m_facts in
    *.true*)
        m_worktree_say bare
        return 22
        ;;
    0.*) ;;
    127.*)
        m_worktree_say no-git
        return 33
        ;;
    *)
        m_output=$(cat "$m_errors")
        case $m_output in
        *'dubious ownership'* | *'unsafe repository'*)
            m_worktree_say not-trusted "$m_output"
            return 34
            ;;
        *'ermission denied'*)
            m_worktree_say no-permission "$m_output"
            return 30
            ;;
        esac
        m_worktree_say not-a-repo "$m_output"
        return 21
        ;;
    esac
    m_facts=${m_facts#*"$m_nl"}
    m_top=$m_repo/${m_facts%%"$m_nl"*}
    m_top=${m_top%/}
    m_facts=${m_facts#*"$m_nl"}
    m_head=${m_facts##*"$m_nl"}
    case $m_head in
    *[!0-9a-f]*) m_head= ;;
    esac
    m_common=$m_facts
    [ -n "$m_head" ] && m_common=${m_facts%"$m_nl"*}
    case $m_common in
    /*) ;;
    *) m_common=$m_repo/$m_common ;;
    esac
}

m_worktree_locked() {
    m_mine=
    m_worktree_orphan || return
    m_worktree_clear
    if [ -f "$M_DIR/worktree" ] && m_read "$M_DIR/worktree" && [ "$m_text" = "$m_tree" ]; then
        m_mine=yes
        m_worktree_resume && return 0
        # Our git was killed while it made the branch: git itself never drops such a lock.
        if [ -f "$M_DIR/branch-made" ]; then
            rm -f "$m_common/refs/heads/$m_branch.lock"
        fi
    fi
    if [ -e "$m_tree" ] || [ -L "$m_tree" ]; then
        m_worktree_say path-taken exists
        return 26
    fi
    m_worktree_refs || return
    if [ -z "$m_commit" ]; then
        if [ -z "$m_base" ] && [ -z "$m_head" ]; then
            m_worktree_say no-commits
            return 35
        fi
        m_worktree_say base-missing "$(LC_ALL=C git -C "$m_repo" for-each-ref --count=300 \
            --sort=-committerdate --format='%(refname:short)' refs/heads refs/remotes refs/tags)"
        return 23
    fi
    m_new=-b
    if [ -n "$m_exists" ]; then
        m_new=
        m_made=no
        if [ -n "$m_mine" ] && m_worktree_made_branch; then
            m_made=yes
        elif [ "$m_take" != take ]; then
            m_worktree_say branch-exists
            return 24
        fi
    else
        m_made=yes
        printf '%s %s\n' "$m_commit" "$m_branch" >"$M_DIR/branch-made" || {
            m_worktree_say disk-full
            return 29
        }
    fi
    [ "$m_made" = no ] && rm -f "$M_DIR/branch-made"
    printf '%s' "$m_tree" >"$M_DIR/worktree" || {
        m_worktree_say disk-full
        return 29
    }
    # A checkout that outlived its killed git may be in our way for a moment.
    m_tries=1
    [ -n "$m_mine" ] && m_tries=10
    until m_worktree_git; do
        m_output=$(cat "$m_errors")
        m_worktree_undo
        m_tries=$((m_tries - 1))
        if [ "$m_tries" -le 0 ]; then
            rm -f "$M_DIR/worktree" "$M_DIR/branch-made"
            m_worktree_diagnose
            return
        fi
        sleep 0.2 2>/dev/null || sleep 1
        m_worktree_forget
    done
    m_worktree_mark && return 0
    m_output='the new worktree could not be marked as this session'"'"'s own'
    m_worktree_diagnose
}

# git's messages in English, to be told apart; file names and hooks keep the host's own encoding.
# The process writes its number down first: it may outlive a shell that is killed.
m_worktree_git() (
    if [ -n "${LC_ALL:-}" ]; then
        LC_CTYPE=$LC_ALL
        export LC_CTYPE
        unset LC_ALL
    fi
    LC_MESSAGES=C
    export LC_MESSAGES
    unset LANGUAGE
    if [ -n "$m_new" ]; then
        set -- --no-track -b "$m_branch" -- "$m_tree" "$m_commit"
    else
        set -- -- "$m_tree" "$m_branch"
    fi
    # shellcheck disable=SC2016
    exec sh -c 'echo $$ >"$1" && shift && exec git "$@"' sh "$M_DIR/git-pid" \
        -C "$m_repo" worktree add --quiet "$@" >/dev/null 2>"$m_errors"
)

# Waits for the git of a killed call: when it fails, it deletes the worktree's path, whosever it is.
m_worktree_orphan() {
    [ -f "$M_DIR/git-pid" ] && read -r m_pid <"$M_DIR/git-pid" || return 0
    m_limit=600
    while m_started "$m_pid"; do
        # With its path on macOS.
        case $(LC_ALL=C ps -o comm= -p "$m_pid" 2>/dev/null) in
        git | */git) ;;
        *) return 0 ;;
        esac
        m_limit=$((m_limit - 1))
        if [ "$m_limit" -le 0 ]; then
            m_worktree_say busy "git, process $m_pid, which an earlier request began"
            return 31
        fi
        sleep 0.1 2>/dev/null || sleep 1
    done
}

# Whether an earlier call of this session made m_branch, and nobody moved it since.
m_worktree_made_branch() {
    m_read "$M_DIR/branch-made" && [ "$m_text" = "$m_exists $m_branch$m_nl" ]
}

# One look at the refs: m_exists (the branch's commit, when there), m_commit (the base's),
# m_below (a branch in the way, as refs are files and folders).
m_worktree_refs() {
    m_exists='' m_commit='' m_below='' m_rank=9
    [ -z "$m_base" ] && m_commit=$m_head
    m_refs=$(LC_ALL=C git -C "$m_repo" for-each-ref \
        --format='%(refname) %(objectname) %(*objectname)' "refs/heads/$m_branch" \
        "refs/heads/$m_base" "refs/remotes/$m_base" "refs/tags/$m_base" \
        "refs/remotes/origin/$m_base" 2>/dev/null)
    # shellcheck disable=SC2034
    while read -r m_ref m_oid m_peeled; do
        case $m_ref in
        "refs/heads/$m_branch") m_exists=$m_oid ;;
        "refs/heads/$m_branch"/*) m_below=${m_ref#refs/heads/} ;;
        esac
        [ -n "$m_base" ] || continue
        case $m_ref in
        "refs/heads/$m_base") m_worktree_base 1 ;;
        "refs/remotes/$m_base") m_worktree_base 2 ;;
        "refs/tags/$m_base") m_worktree_base 3 ;;
        "refs/remotes/origin/$m_base") m_worktree_base 4 ;;
        esac
    done <<END
$m_refs
END
    if [ -n "$m_base" ] && [ -z "$m_commit" ]; then
        case $m_base in
        -* | *..*) return 0 ;;
        esac
        m_commit=$(LC_ALL=C git -C "$m_repo" rev-parse --quiet --verify "$m_base^{commit}" \
            2>/dev/null) || m_commit=
    fi
    return 0
}

m_worktree_base() {
    [ "$1" -lt "$m_rank" ] || return 0
    m_rank=$1
    m_commit=${m_peeled:-$m_oid}
}

# The worktree's private git dir, from its .git file: m_private.
m_worktree_private() {
    m_read "$1/.git" || return 1
    case $m_text in
    'gitdir: '*) ;;
    *) return 1 ;;
    esac
    m_private=${m_text#gitdir: }
    m_private=${m_private%"$m_nl"}
    case $m_private in
    /*) ;;
    *) m_private=$1/$m_private ;;
    esac
    [ -f "$m_private/gitdir" ]
}

m_worktree_mark() {
    m_worktree_private "$m_tree" && printf '%s\n' "$M_ID" >"$m_private/muster-session" || return 1
    echo "worktree made ${m_exists:-$m_commit} $m_made"
}

# An earlier call of this session began here. Whole: answers so. Half-made: clears it away, which
# loses nothing, as no agent ever ran in it. Not ours after all: leaves it, and fails.
m_worktree_resume() {
    m_made=no
    [ -f "$M_DIR/branch-made" ] && m_made=yes
    if m_worktree_private "$m_tree"; then
        m_session=
        [ -f "$m_private/muster-session" ] && read -r m_session <"$m_private/muster-session"
        m_at=$(LC_ALL=C git -C "$m_tree" rev-parse --quiet --verify HEAD 2>/dev/null)
        if [ "$m_session" = "$M_ID" ]; then
            echo "worktree already $m_at $m_made"
            return 0
        fi
        [ -n "$m_session" ] && return 1
        if [ -n "$m_at" ] && [ ! -f "$m_private/locked" ]; then
            # git had finished; only our mark was missing.
            m_exists=$m_at
            m_worktree_mark
            return
        fi
    elif [ -e "$m_tree" ]; then
        # git makes the folder, then writes the .git file in it, then all the rest.
        if [ "$(ls -A "$m_tree")" = .git ] && [ -f "$m_tree/.git" ]; then
            rm -f "$m_tree/.git"
        fi
        rmdir "$m_tree" 2>/dev/null || return 1
    fi
    [ -e "$m_tree" ] && mv "$m_tree" "${m_tree%/*}/.muster-clearing-$M_ID"
    m_worktree_clear
    m_worktree_forget
    return 1
}

# Deletes the private git dir of our half-made worktree: by hand, as every `git worktree` command
# fails on one that lacks a file. What git had not yet written tells whose it is: its name then.
m_worktree_forget() {
    m_base_name=${m_tree##*/}
    m_real=$(cd -P "${m_tree%/*}" 2>/dev/null && pwd -P && printf .)
    m_real=${m_real%"$m_nl."}/$m_base_name
    for m_file in "$m_common"/worktrees/*; do
        if [ ! -d "$m_file" ] || [ -f "$m_file/muster-session" ]; then
            continue
        fi
        m_text=
        m_read "$m_file/gitdir"
        case $m_text in
        "$m_tree/.git$m_nl" | "$m_real/.git$m_nl") rm -rf "$m_file" ;;
        '')
            m_rest=${m_file##*/}
            m_rest=${m_rest#"$m_base_name"}
            case $m_rest in
            *[!0-9]*) ;;
            *) rm -rf "$m_file" ;;
            esac
            ;;
        esac
    done
}

# A half-made worktree is renamed first: killed in between, what is left still tells whose it is. A
# checkout that outlived its git may add a last file: hence a second time.
m_worktree_clear() {
    m_left=${m_tree%/*}/.muster-clearing-$M_ID
    [ -e "$m_left" ] || return 0
    rm -rf "$m_left" 2>/dev/null || rm -rf "$m_left"
}

# `worktree add -b` leaves the branch behind when the checkout fails. It is ours, unless git failed
# because somebody else made it in this moment.
m_worktree_undo() {
    if [ -z "$m_new" ] || [ -n "$m_below" ]; then
        return 0
    fi
    case $m_output in
    *'already exists'*) ;;
    *) LC_ALL=C git -C "$m_repo" update-ref -d "refs/heads/$m_branch" "$m_commit" 2>/dev/null ;;
    esac
}

# git said no: why?
m_worktree_diagnose() {
    case $m_output in
    *'No space left'* | *'quota exceeded'*)
        m_worktree_say disk-full "$m_output"
        return 29
        ;;
    *'ermission denied'* | *'Read-only file system'*)
        m_worktree_say no-permission "$m_output"
        return 30
        ;;
    *'already registered'*)
        m_worktree_say path-taken registered
        return 26
        ;;
    esac
    if ! LC_ALL=C git check-ref-format --branch "$m_branch" >/dev/null 2>&1 ||
        [ "$m_branch" = HEAD ]; then
        m_worktree_say branch-invalid
        return 27
    fi
    if [ -n "$m_below" ]; then
        m_worktree_say branch-conflict "$m_below"
        return 28
    fi
    m_part=$m_branch
    while [ "$m_part" != "${m_part%/*}" ]; do
        m_part=${m_part%/*}
        if LC_ALL=C git -C "$m_repo" show-ref --verify --quiet "refs/heads/$m_part"; then
            m_worktree_say branch-conflict "$m_part"
            return 28
        fi
    done
    m_elsewhere=$(LC_ALL=C git -C "$m_repo" worktree list --porcelain 2>/dev/null |
        awk -v ref="branch refs/heads/$m_branch" '
            /^worktree / { at = substr($0, 10) }
            $0 == ref { print at; exit }')
    if [ -n "$m_elsewhere" ]; then
        m_worktree_say branch-elsewhere "$m_elsewhere"
        return 25
    fi
    m_worktree_say failed "$m_output"
    return 32
}

# m_copy_included TOP WORKTREE PATTERNS: copies from TOP what git ignores and TOP/.worktreeinclude
# or PATTERNS (lines of gitignore syntax) name. Links are copied as links, nothing is overwritten,
# nothing lands outside WORKTREE. Prints `copied COUNT SKIPPED`; fails when a copy failed.
m_copy_included() {
    m_git_env
    m_top=$1 m_tree=$2
    m_patterns=$M_DIR/include
    {
        [ -f "$m_top/.worktreeinclude" ] && cat "$m_top/.worktreeinclude" && echo
        printf '%s\n' "$3"
    } >"$m_patterns"
    if ! grep -q '[^[:space:]]' "$m_patterns"; then
        echo 'copied 0 0'
        return 0
    fi
    m_format=$(LC_ALL=C git -C "$m_top" rev-parse --show-object-format 2>/dev/null)
    m_raw_git "$M_DIR/raw" "$m_format" || return 1
    rm -f "$m_tree/.muster-copying"
    # What was there before the first copy is not ours, a repeated call included.
    if [ ! -f "$M_DIR/not-copied" ]; then
        m_matching "$m_tree" >"$M_DIR/not-copied.new" || return 1
        mv -f "$M_DIR/not-copied.new" "$M_DIR/not-copied" || return 1
    fi
    LC_ALL=C git -C "$m_top" ls-files -z -o -i --exclude-from="$m_patterns" \
        >"$M_DIR/copy-names" || return 1
    (cd "$m_top" && LC_ALL=C git check-ignore -z --stdin <"$M_DIR/copy-names") |
        xargs -0 sh -c "$m_copy_files" sh "$m_top" "$m_tree" >"$M_DIR/copy-log"
    m_code=$?
    m_matching "$m_tree" | LC_ALL=C comm -23 - "$M_DIR/not-copied" >"$M_DIR/copied.list"
    rm -f "$M_DIR/copied"
    m_raw "$M_DIR/raw" "$m_tree" "$M_DIR/copied" update-index --add --info-only --stdin \
        <"$M_DIR/copied.list" || return 1
    printf 'copied %s %s\n' "$(wc -l <"$M_DIR/copied.list" | tr -d ' ')" \
        "$(grep -c skipped "$M_DIR/copy-log")"
    return "$m_code"
}

# The untracked files of $1 that the patterns name, one on a line, quoted as git does, sorted. Not
# asked here: whether they are ignored, as the base may lack the checkout's newest .gitignore. A
# nested repo (a name with a slash at its end) is not a file.
m_matching() {
    LC_ALL=C git -c core.quotePath=true -C "$1" ls-files -o -i --exclude-from="$m_patterns" |
        grep -v -e '/$' -e '/"$' | LC_ALL=C sort
}

# Runs once for many files: $1 from, $2 to, then names. A copy appears under its name only when it
# is whole. In single quotes: it is a script of its own.
# shellcheck disable=SC2016
m_copy_files='
from=$1 to=$2 failed=0
shift 2
for name; do
    case $name in */)
        echo skipped
        continue ;;
    esac
    if [ -e "$to/$name" ] || [ -L "$to/$name" ]; then
        continue
    fi
    rest=$name at=$to inside=yes
    while [ "$rest" != "${rest#*/}" ]; do
        at=$at/${rest%%/*} rest=${rest#*/}
        if [ -L "$at" ] || { [ ! -d "$at" ] && ! mkdir "$at"; }; then
            inside=no
            break
        fi
    done
    if [ "$inside" = no ]; then
        echo skipped
        continue
    fi
    if cp -RPp "$from/$name" "$to/.muster-copying" && mv -f "$to/.muster-copying" "$to/$name"; then
        :
    else
        failed=1
        rm -f "$to/.muster-copying"
    fi
done
exit "$failed"'
