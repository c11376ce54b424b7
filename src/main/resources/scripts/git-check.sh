# shellcheck shell=sh disable=SC2034,SC2154 # these functions share variables with git-remove.sh's
# What would be lost if a worktree went away. Functions only; needs git-common.sh.
#
# Works on m_tree (where the files are now), m_private (its private git dir), m_common (the repo's
# git dir), with scratch files in m_tmp. Appends findings to $m_tmp/findings, each a line
# KIND TAB COUNT TAB NAME: NAME quoted as git does, or `hex:` and hex digits. Notes, which hold
# nothing up, go to $m_tmp/notes. What can't be read is a finding: `unread`.
#
# On a full disk a finding can't be written down, and what is not written down must not count as not
# found: m_unsaid is set then, and the whole of it is worth nothing.

m_tab='	'

m_find() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$m_tmp/findings" || m_unsaid=yes
}

# Whether there is room for more than all that is written here.
m_room() {
    dd if=/dev/zero of="$m_tmp/room" bs=65536 count=4 2>/dev/null
    m_code=$?
    rm -f "$m_tmp/room"
    return "$m_code"
}

# m_some_lines: grep has found some or none, and has written them.
m_some_lines() {
    [ "$?" -le 1 ]
}

m_find_hex() {
    m_find "$1" "$2" "hex:$(m_hex "$3")"
}

# m_g GIT-DIR ARGS…: git on a git dir alone. It needs no files: a submodule's own idea of where its
# files are is void while the worktree is set aside.
m_g() {
    m_g_dir=$1
    shift
    GIT_DIR=$m_g_dir GIT_WORK_TREE=. GIT_OPTIONAL_LOCKS=0 LC_ALL=C git "$@"
}

# git on the worktree as it is, with what could hide something switched off.
m_wt() {
    GIT_DIR=$m_private GIT_WORK_TREE=$m_tree GIT_INDEX_FILE=${m_index:-$m_private/index} \
        GIT_OPTIONAL_LOCKS=0 LC_ALL=C git -c core.quotePath=true \
        -c core.fsmonitor=false -c core.untrackedCache=false \
        -c core.checkStat=default -c core.trustctime=true -c core.hooksPath=/dev/null \
        -c core.bare=false -c core.splitIndex=false -C "$m_tree" "$@"
}

# m_list FILE GIT-ARGS…: git's lines, sorted, into FILE. Any word of git's on stderr is a finding:
# it goes on after a folder that it can't open.
m_list() {
    m_to=$1
    shift
    m_wt "$@" >"$m_to.raw" 2>"$m_tmp/err"
    m_code=$?
    if [ "$m_code" -ne 0 ] || [ -s "$m_tmp/err" ]; then
        m_find_hex unread 1 "git $1 in $m_tree: $(head -n 5 "$m_tmp/err") (exit $m_code)"
    fi
    LC_ALL=C sort -u "$m_to.raw" >"$m_to" || m_unsaid=yes
}

# All of it, or fails. $1: patterns of what is disposable; $2: the branch that goes too, or nothing.
m_check() {
    m_unsaid=
    { m_room && true >"$m_tmp/findings" && true >"$m_tmp/notes" &&
        printf '%s\n' "$1" >"$m_tmp/disposable"; } || return 1
    m_check_all "$2"
    m_room && [ -z "$m_unsaid" ]
}

m_check_all() {
    m_check_commits "$1"
    [ -n "$m_private" ] || return 0
    [ -n "${m_reattached:-}" ] && printf 'reattached\t1\t\n' >>"$m_tmp/notes"
    m_check_operation
    if [ -d "$m_tree" ]; then
        m_check_files
        m_check_nested
        m_check_mounts
        m_check_processes
    else
        m_check_index
    fi
    m_stashes=$(m_g "$m_common" rev-list -g --count refs/stash -- 2>/dev/null) &&
        [ "$m_stashes" -gt 0 ] && printf 'stash\t%s\t\n' "$m_stashes" >>"$m_tmp/notes"
    return 0
}

m_check_operation() {
    for m_file in MERGE_HEAD rebase-merge rebase-apply CHERRY_PICK_HEAD REVERT_HEAD BISECT_LOG \
        sequencer; do
        [ -e "$m_private/$m_file" ] && m_find operation 1 "$m_file"
    done
    [ -f "$m_private/locked" ] && ! grep -q "^$m_lock_reason\$" "$m_private/locked" &&
        m_find_hex locked 1 "$(cat "$m_private/locked")"
    return 0
}

# Commits that nothing else holds: those of HEAD, of the branch that goes, of the worktree's own
# refs, and of what HEAD last was here, should the branch have been moved from elsewhere.
m_check_commits() {
    m_at=$(m_wtc rev-parse --quiet --verify HEAD 2>/dev/null) || m_at=
    m_tips=$m_at
    [ -n "$1" ] && m_tips="$m_tips $(m_g "$m_common" rev-parse --quiet --verify \
        "refs/heads/$1" 2>/dev/null)"
    if [ -n "$m_private" ] && [ -f "$m_private/logs/HEAD" ]; then
        m_was=$(tail -n 1 "$m_private/logs/HEAD" | cut -d ' ' -f 2)
        m_g "$m_common" cat-file -e "$m_was^{commit}" 2>/dev/null &&
            m_tips="$m_tips $m_was"
    fi
    m_tips="$m_tips $(m_wtc for-each-ref --format='%(objectname)' refs/worktree refs/bisect \
        refs/rewritten 2>/dev/null | tr '\n' ' ')"
    true >"$m_tmp/commits" || m_unsaid=yes
    case $m_tips in
    *[0-9a-f]*)
        set -- --exclude="$1" --branches --remotes
        [ "$1" = --exclude= ] && shift
        # shellcheck disable=SC2086
        m_g "$m_common" rev-list $m_tips --not "$@" >"$m_tmp/commits" 2>"$m_tmp/err" ||
            m_find_hex unread 1 "git rev-list: $(head -n 5 "$m_tmp/err")"
        ;;
    esac
    m_count=$(wc -l <"$m_tmp/commits" | tr -d ' ')
    if [ "$m_count" -gt 0 ]; then
        m_find commits "$m_count" "$(head -n 1 "$m_tmp/commits")"
    fi
    # Amended and rebased ones, which only the worktree's own reflog still names.
    # shellcheck disable=SC2086
    m_count=$(m_wtc rev-list --walk-reflogs HEAD 2>/dev/null | LC_ALL=C sort -u |
        m_g "$m_common" rev-list --count --stdin --not --all $m_tips 2>/dev/null)
    [ "${m_count:-0}" -gt 0 ] && printf 'reflog\t%s\t\n' "$m_count" >>"$m_tmp/notes"
    return 0
}

# git on the private git dir alone: works when the folder is gone, too.
m_wtc() {
    m_g "$m_private" "$@"
}

# The folder was deleted by hand: what was staged is still there.
m_check_index() {
    [ -f "$m_private/index" ] || return 0
    m_base=${m_at:-$(m_g "$m_common" hash-object -t tree /dev/null)}
    m_count=$(m_g "$m_private" --work-tree="$m_tmp" \
        diff-index --cached --name-only "$m_base" -- 2>"$m_tmp/err" | wc -l | tr -d ' ')
    [ -s "$m_tmp/err" ] && m_find_hex unread 1 "git diff-index: $(head -n 5 "$m_tmp/err")"
    [ "$m_count" -gt 0 ] && m_find staged "$m_count" ''
    return 0
}

m_check_files() {
    # What is inside of submodules is looked at on its own.
    m_list "$m_tmp/status" status --porcelain=v1 --no-renames --untracked-files=no \
        --ignore-submodules=dirty
    sed -e 's/^..[ ]//' -e "s/^/uncommitted${m_tab}1${m_tab}/" "$m_tmp/status" \
        >>"$m_tmp/findings" || m_unsaid=yes
    m_check_hidden
    m_list "$m_tmp/untracked" ls-files -o --exclude-standard
    # Everything outside the index but the disposable: untracked and ignored alike.
    m_list "$m_tmp/outside" ls-files -o --exclude-from="$m_tmp/disposable"
    m_muster_put
    # Untracked files count even where a disposable pattern names them.
    LC_ALL=C comm -23 "$m_tmp/untracked" "$m_tmp/put" | grep -v -e '/$' -e '/"$' \
        >"$m_tmp/lost-untracked"
    m_some_lines || m_unsaid=yes
    sed "s/^/untracked${m_tab}1${m_tab}/" "$m_tmp/lost-untracked" >>"$m_tmp/findings" ||
        m_unsaid=yes
    LC_ALL=C comm -23 "$m_tmp/outside" "$m_tmp/untracked" | LC_ALL=C comm -23 - "$m_tmp/put" |
        grep -v -e '/$' -e '/"$' >"$m_tmp/lost-ignored"
    m_some_lines || m_unsaid=yes
    sed "s/^/ignored${m_tab}1${m_tab}/" "$m_tmp/lost-ignored" >>"$m_tmp/findings" || m_unsaid=yes
    m_closed && m_find_hex unread "$(wc -l <"$m_tmp/closed" | tr -d ' ')" \
        "folders that may not be read, as $(head -n 1 "$m_tmp/closed")"
    return 0
}

# Whether there are folders that can't be read: nobody knows then what is in them.
m_closed() {
    # shellcheck disable=SC2016
    find "$m_tree" -type d -exec sh -c 'for d; do [ -r "$d" ] && [ -x "$d" ] || printf "%s\n" "$d"
        done' sh {} + >"$m_tmp/closed" 2>/dev/null
    [ -s "$m_tmp/closed" ]
}

# Files whose changes git was told not to see (assume-unchanged, skip-worktree): an index without
# these marks shows them. A file that is absent is what skip-worktree is for.
m_check_hidden() {
    m_wt ls-files -v 2>/dev/null | grep '^[a-zS] ' | sed 's/^..//' | LC_ALL=C sort -u \
        >"$m_tmp/marked" || m_unsaid=yes
    [ -s "$m_tmp/marked" ] || return 0
    m_list "$m_tmp/stages" ls-files -s
    m_index=$m_tmp/unmarked
    rm -f "$m_index"
    m_wt update-index --index-info <"$m_tmp/stages" || m_unsaid=yes
    m_wt update-index -q --refresh >/dev/null 2>&1
    m_list "$m_tmp/differ" diff-files --name-only --diff-filter=MT --ignore-submodules=all
    m_index=
    LC_ALL=C comm -12 "$m_tmp/marked" "$m_tmp/differ" |
        sed "s/^/hidden${m_tab}1${m_tab}/" >>"$m_tmp/findings" || m_unsaid=yes
}

# What m_copy_included put there and nobody changed since: $m_tmp/put. Compared by content: the
# stat data of an index says nothing once the index is another file.
m_muster_put() {
    true >"$m_tmp/put" || m_unsaid=yes
    [ -f "$m_dir/copied" ] || return 0
    rm -f "$m_tmp/copied"
    m_put_raw "$m_dir/copied" ls-files -s >"$m_tmp/put.stages" || return 0
    m_put_raw "$m_tmp/copied" update-index --index-info <"$m_tmp/put.stages" || return 0
    m_put_raw "$m_tmp/copied" update-index -q --refresh >/dev/null 2>&1
    m_put_raw "$m_tmp/copied" ls-files | LC_ALL=C sort >"$m_tmp/put.all"
    if m_put_raw "$m_tmp/copied" diff-files --name-only >"$m_tmp/put.changed" 2>/dev/null; then
        LC_ALL=C sort "$m_tmp/put.changed" | LC_ALL=C comm -23 "$m_tmp/put.all" - >"$m_tmp/put"
    fi
}

m_put_raw() {
    m_raw "$m_dir/raw" "$m_tree" "$@"
}

# Lists every repo inside, or fails: $m_tmp/nested/N holds the folder of a .git, N.bare a git dir
# whose folder is not there. git's own listing stops at them or passes them by.
m_nested_list() {
    rm -rf "$m_tmp/nested"
    mkdir -p "$m_tmp/nested" || return 1
    # shellcheck disable=SC2016
    find "$m_tree" -name .git ! -path "$m_tree/.git" -prune -exec sh -c 'to=$1
        shift
        for git; do
            n=$(($(ls "$to" | wc -l) + 1))
            printf "%s" "${git%/.git}" >"$to/$n"
        done' sh "$m_tmp/nested" {} + 2>/dev/null
    m_nested_modules
    # Each has a file that is not empty.
    for m_entry in "$m_tmp/nested"/*; do
        [ -s "$m_entry" ] || [ ! -e "$m_entry" ] || return 1
    done
}

m_nested_modules() {
    [ -d "$m_private/modules" ] || return 0
    # shellcheck disable=SC2016
    find "$m_private/modules" -type f -name HEAD -exec sh -c 'to=$1
        shift
        for head; do
            dir=${head%/HEAD}
            [ -d "$dir/objects" ] && [ -d "$dir/refs" ] || continue
            n=$(($(ls "$to" | wc -l) + 1))
            printf "%s" "$dir" >"$to/$n.bare"
        done' sh "$m_tmp/nested" {} + 2>/dev/null
    # Those whose folder is there are listed already.
    m_seen=$m_nl
    for m_entry in "$m_tmp/nested"/*; do
        m_read "$m_entry" || continue
        case $m_entry in
        *.bare)
            case $m_seen in
            *"$m_nl$m_text$m_nl"*) rm -f "$m_entry" ;;
            esac
            ;;
        *) m_open_inner "$m_text" && m_seen=$m_seen$m_inner_dir$m_nl ;;
        esac
    done
}

m_check_nested() {
    m_nested_list || m_unsaid=yes
    for m_entry in "$m_tmp/nested"/*; do
        m_read "$m_entry" || continue
        m_inner=$m_text
        case $m_entry in
        *.bare) m_check_inner "$m_inner" '' ;;
        *)
            if m_open_inner "$m_inner"; then
                m_check_inner "$m_inner_dir" "$m_inner"
            else
                m_find_hex unread 1 "$m_inner/.git: $(head -n 3 "$m_tmp/err")"
            fi
            ;;
        esac
    done
}

# Sets m_inner_dir, the git dir of the repo in folder $1. git passes a broken .git by and answers
# for the repo around: that is no answer. (A submodule's own idea of its folder is void while the
# worktree is set aside.)
m_open_inner() {
    m_inner_dir=$(cd "$1" && GIT_WORK_TREE=. LC_ALL=C git rev-parse --absolute-git-dir \
        2>"$m_tmp/err" && printf .) || return 1
    m_around=$(cd "$1/.." && GIT_WORK_TREE=. LC_ALL=C git rev-parse --absolute-git-dir \
        2>/dev/null && printf .)
    if [ "$m_inner_dir" = "$m_around" ]; then
        echo 'not a git repository' >"$m_tmp/err"
        return 1
    fi
    m_inner_dir=${m_inner_dir%"$m_nl."}
}

# git on the git dir of a repo inside; m_in_tree: on its files, too.
m_in() {
    m_g "$m_inner_git" "$@"
}

m_in_tree() {
    GIT_DIR=$m_inner_git GIT_WORK_TREE=$m_inner_tree GIT_OPTIONAL_LOCKS=0 LC_ALL=C \
        git -c core.quotePath=true -c core.fsmonitor=false -c core.untrackedCache=false \
        -c core.hooksPath=/dev/null -C "$m_inner_tree" "$@"
}

# Whether path $1 goes away with the worktree.
m_goes() {
    case $1 in
    "$m_tree"/* | "$m_place"/* | "$m_private"/*) return 0 ;;
    esac
    return 1
}

# $1 a git dir, $2 its folder or nothing.
m_check_inner() {
    m_inner_git=$1
    m_shown=${2:-$1}
    m_shown=${m_shown#"$m_tree"/}
    if m_goes "$m_inner_git"; then
        m_remotes=--remotes
        # A remote that goes away as well holds nothing.
        while read -r m_key m_url; do
            case $m_url in
            '') ;;
            /*) m_goes "${m_url#file://}" && m_remotes=--remotes=no/such ;;
            file://*) m_goes "${m_url#file://}" && m_remotes=--remotes=no/such ;;
            *:*) ;;
            *) m_remotes=--remotes=no/such ;;
            esac
        done <<END
$(m_in config --get-regexp '^remote\..*\.url$' 2>/dev/null)
END
        m_count=$(m_in rev-list --count --all HEAD --not "$m_remotes" 2>/dev/null ||
            m_in rev-list --count --all --not "$m_remotes" 2>"$m_tmp/err") || {
            m_find_hex unread 1 "commits of $m_shown: $(head -n 3 "$m_tmp/err")"
            m_count=0
        }
        m_more=$(m_in rev-list -g --count refs/stash -- 2>/dev/null) || m_more=0
        [ "$m_more" -gt 1 ] && m_count=$((m_count + m_more - 1))
    else
        m_count=$(m_in rev-list --count HEAD --not --branches --remotes --tags 2>/dev/null) ||
            m_count=0
    fi
    [ "$m_count" -gt 0 ] && m_find_hex nested-commits "$m_count" "$m_shown"
    for m_file in MERGE_HEAD rebase-merge rebase-apply CHERRY_PICK_HEAD REVERT_HEAD BISECT_LOG; do
        [ -e "$m_inner_git/$m_file" ] && m_find_hex nested-changes 1 "$m_shown" && break
    done
    [ -n "$2" ] || return 0
    m_inner_tree=$2
    m_count=$(m_in_tree status --porcelain --no-renames --untracked-files=no \
        --ignore-submodules=dirty 2>"$m_tmp/err" | wc -l | tr -d ' ')
    m_more=$(m_in_tree ls-files -o --exclude-from="$m_tmp/disposable" 2>>"$m_tmp/err" |
        grep -c -v -e '/$' -e '/"$')
    m_others=$(m_in_tree ls-files -o --exclude-standard 2>>"$m_tmp/err" |
        grep -c -v -e '/$' -e '/"$')
    [ "$m_more" -lt "$m_others" ] && m_more=$m_others
    [ -s "$m_tmp/err" ] && m_find_hex unread 1 "changes of $m_shown: $(head -n 3 "$m_tmp/err")"
    m_marked=$(m_in_tree ls-files -v 2>/dev/null | grep -c '^[a-zS] ')
    m_count=$((m_count + m_more + m_marked))
    [ "$m_count" -gt 0 ] && m_find_hex nested-changes "$m_count" "$m_shown"
    return 0
}

# A file system mounted inside would be emptied along with the worktree.
m_check_mounts() {
    if [ -r /proc/self/mountinfo ]; then
        m_mounted=$(printf '%s' "$m_tree" | sed -e 's/\\/\\134/g' -e 's/ /\\040/g' \
            -e "s/$m_tab/\\\\011/g")
        M_MOUNTED=$m_mounted awk 'index($5 "/", ENVIRON["M_MOUNTED"] "/") == 1 { print $5 }' \
            /proc/self/mountinfo >"$m_tmp/mounts" || m_unsaid=yes
    else
        mount 2>/dev/null | M_MOUNTED=$m_tree awk '
            index($0, " on " ENVIRON["M_MOUNTED"] "/") > 0' >"$m_tmp/mounts" || m_unsaid=yes
    fi
    [ -s "$m_tmp/mounts" ] || return 0
    m_find_hex mount "$(wc -l <"$m_tmp/mounts" | tr -d ' ')" "$(head -n 1 "$m_tmp/mounts")"
}

# Processes with their working folder inside; those of other users can't be seen everywhere.
m_check_processes() {
    true >"$m_tmp/processes" || m_unsaid=yes
    m_real=$(cd -P "$m_tree" && pwd -P && printf .)
    m_real=${m_real%"$m_nl."}
    if [ -r /proc/self/stat ]; then
        (
            for m_proc in /proc/[0-9]*; do
                # Not to find ourselves inside.
                cd /
                cd -P "$m_proc/cwd" 2>/dev/null || continue
                case $PWD in
                "$m_real" | "$m_real"/*) echo "${m_proc#/proc/}" || exit 1 ;;
                esac
            done
            :
        ) >"$m_tmp/processes" || m_unsaid=yes
    elif m_lsof=$(PATH=$PATH:/usr/sbin command -v lsof); then
        "$m_lsof" -w -d cwd -F pn 2>/dev/null | M_REAL=$m_real awk '
            /^p/ { pid = substr($0, 2) }
            /^n/ && index(substr($0, 2) "/", ENVIRON["M_REAL"] "/") == 1 { print pid }' \
            >"$m_tmp/processes" || m_unsaid=yes
    else
        m_find processes-unknown 1 ''
    fi
    [ -s "$m_tmp/processes" ] || return 0
    while read -r m_pid; do
        m_find_hex process "$m_pid" "$(LC_ALL=C ps -o args= -p "$m_pid" 2>/dev/null | head -n 1)"
    done <"$m_tmp/processes"
}
