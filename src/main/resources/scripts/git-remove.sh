# shellcheck shell=sh disable=SC2034,SC2154 # the functions share variables
# Removes a session's worktree, if nothing is lost by it. Needs git-common.sh, git-check.sh and
# git-rescue.sh before it; the last line calls m_remove.
#
# m_remove MODE ID SESSION-DIR REPO WORKTREE BRANCH DISPOSABLE LIMIT
#   MODE        check: only say what is there · remove: unless something would be lost
#               · force: save all of it first
#   DISPOSABLE  gitignore patterns, one on a line   LIMIT  bytes that force may save
#
# Every step can be repeated after a kill -9 at any moment:
#   1 the worktree lies in its place                 checked, or saved
#   2 as .muster-removing-ID in the same folder      checked, or saved, again: from here on nobody
#                                                    comes in by its path, and who is inside shows
#   3 as .muster-deleting-ID                         decided: a rename is all or nothing. What is
#                                                    written between the second check and this
#                                                    rename, by a process that is not seen to be
#                                                    inside, is lost: about a millisecond
#   4 its private git dir renamed away, the branch deleted, then both folders
# Killed in 2, the next call takes up there, or moves it back; in 3 and 4, it goes on.
#
# Answers in lines of fields with tabs between, the last of them is `done`:
#   finding KIND COUNT NAME    total KIND N    note KIND COUNT NAME    rescued REF COMMIT FOLDER-HEX
#   branch deleted|kept NAME-HEX               done OUTCOME DETAIL-HEX

m_lock_reason='Muster is removing this worktree'

m_remove() {
    m_git_env
    GIT_TERMINAL_PROMPT=0
    export GIT_TERMINAL_PROMPT
    m_mode=$1 m_id=$2 m_dir=$3 m_repo=$4 m_place=$5 m_branch=$6 m_patterns=$7 m_bytes=$8
    case $m_id in
    '' | *[!0-9A-Za-z]*) m_done failed 'not a session id' ;;
    esac
    case $m_place in
    /*/*) ;;
    *) m_done failed 'not an absolute path of a worktree' ;;
    esac
    m_aside=${m_place%/*}/.muster-removing-$m_id
    m_dead=${m_place%/*}/.muster-deleting-$m_id
    m_prefix=refs/muster/rescue/$m_id
    m_tmp=$m_dir/removal
    mkdir -p "$m_tmp" || m_done failed "$m_tmp can't be made"
    m_common=$(cd "$m_repo" 2>"$m_tmp/err" && LC_ALL=C git rev-parse --git-common-dir \
        2>"$m_tmp/err" && printf .) || m_done no-repo "$(cat "$m_tmp/err")"
    m_common=${m_common%"$m_nl."}
    case $m_common in
    /*) ;;
    *) m_common=$m_repo/$m_common ;;
    esac
    m_common=$(cd "$m_common" && pwd -P && printf .)
    m_common=${m_common%"$m_nl."}
    m_gone=$m_common/muster-deleting-$m_id
    m_when=$(date +%s)
    m_lock "$m_common/muster-lock" 120 || m_done busy "${m_holder:-}"
    # Not before: the same removal may still go on, from a connection that has gone, and reads what it
    # found there.
    { true >"$m_tmp/findings" && true >"$m_tmp/notes"; } || m_done failed "$m_tmp can't be written"
    m_find_worktree
    m_find_branch
    if [ -e "$m_dead" ]; then
        [ "$m_mode" = check ] || m_finish
        m_done removing ''
    fi
    if [ "$m_mode" = check ]; then
        m_put_back
        m_checked
        m_done checked ''
    fi
    [ "$m_mode" = force ] && m_remove_saved
    m_remove_checked
}

# Prints all that was found and the outcome, and ends.
m_done() {
    [ -n "${m_number:-}" ] && m_unlock
    if [ -f "$m_tmp/findings" ]; then
        awk -F '\t' '{ n[$1]++; if (n[$1] <= 50) print "finding\t" $0 }
            END { for (k in n) print "total\t" k "\t" n[k] }' "$m_tmp/findings"
        sed 's/^/note	/' "$m_tmp/notes"
    fi
    [ -n "${m_rescued:-}" ] && sed 's/^/rescued	/' "$m_tmp/saved"
    [ -n "${m_branch_said:-}" ] && printf 'branch\t%s\t%s\n' "$m_branch_said" "$(m_hex "$m_branch")"
    printf 'done\t%s\t%s\n' "$1" "$(m_hex "$2")"
    case $1 in
    removed | checked) exit 0 ;;
    refused | too-large) exit 4 ;;
    esac
    exit 1
}

# m_private and m_tree: by the session's mark in the private git dir, not by the path alone.
m_find_worktree() {
    m_private='' m_tree=$m_tmp/none
    for m_file in "$m_common"/worktrees/*/muster-session; do
        m_session=
        [ -f "$m_file" ] && read -r m_session <"$m_file"
        [ "$m_session" = "$m_id" ] && m_private=${m_file%/muster-session}
    done
    if [ -d "$m_aside" ]; then
        m_tree=$m_aside
    elif [ -n "$m_private" ]; then
        if [ -d "$m_place" ] && ! m_other_place; then
            m_tree=$m_place
        fi
    elif [ -e "$m_place" ] && [ ! -e "$m_dead" ]; then
        m_tree=$m_place
    fi
    if [ -z "$m_private" ] && [ -d "$m_tree" ]; then
        m_reattach
    fi
}

# Whether m_place holds some other worktree or repo than ours.
m_other_place() {
    [ -d "$m_place/.git" ] && return 0
    [ -f "$m_place/.git" ] || return 1
    m_read "$m_place/.git"
    m_text=${m_text#gitdir: }
    m_text=${m_text%"$m_nl"}
    case $m_text in
    /*) ;;
    *) m_text=$m_place/$m_text ;;
    esac
    # A .git file that leads nowhere is nobody's.
    [ -d "$m_text" ] || return 1
    [ "$(cd "$m_text" && pwd -P)" != "$m_private" ]
}

# git has forgotten the worktree (pruned while its folder was away, say): tells it again, so that
# what is in the folder can be compared with the branch.
m_reattach() {
    m_other_place && m_done not-ours ''
    if ! m_read "$m_dir/worktree" || [ "$m_text" != "$m_place" ]; then
        m_done not-ours ''
    fi
    m_head_line="ref: refs/heads/$m_branch"
    if ! m_g "$m_common" show-ref --verify --quiet "refs/heads/$m_branch"; then
        m_head_line=
        [ -f "$m_dir/branch-made" ] && read -r m_head_line m_rest <"$m_dir/branch-made"
        m_g "$m_common" cat-file -e "$m_head_line^{commit}" 2>/dev/null ||
            m_done failed "git has forgotten $m_place and its branch $m_branch is gone: \
nothing tells what changed in it"
    fi
    m_private=$m_common/worktrees/muster-$m_id
    {
        mkdir -p "$m_private" && printf '../..\n' >"$m_private/commondir" &&
            printf '%s\n' "$m_head_line" >"$m_private/HEAD" &&
            printf '%s/.git\n' "$m_place" >"$m_private/gitdir" &&
            m_g "$m_private" read-tree HEAD 2>"$m_tmp/err" &&
            printf 'gitdir: %s\n' "$m_private" >"$m_tree/.git" &&
            printf '%s\n' "$m_id" >"$m_private/muster-session"
    } || m_done failed "git has forgotten $m_place: $(cat "$m_tmp/err")"
    m_reattached=yes
}

# m_doomed: the branch, if Muster made it for this session and no other worktree has it.
m_find_branch() {
    m_doomed=
    [ -n "$m_branch" ] && m_read "$m_dir/branch-made" || return 0
    m_text=${m_text#* }
    [ "$m_text" = "$m_branch$m_nl" ] || return 0
    m_g "$m_common" show-ref --verify --quiet "refs/heads/$m_branch" || return 0
    m_here=
    [ -n "$m_private" ] && read -r m_here <"$m_private/HEAD"
    m_users=0
    for m_file in "$m_common/HEAD" "$m_common"/worktrees/*/HEAD; do
        m_rest=
        [ -f "$m_file" ] && read -r m_rest <"$m_file"
        [ "$m_rest" = "ref: refs/heads/$m_branch" ] && m_users=$((m_users + 1))
    done
    [ "$m_here" = "ref: refs/heads/$m_branch" ] && m_users=$((m_users - 1))
    [ "$m_users" -eq 0 ] && m_doomed=$m_branch
    m_branch_said=kept
}

# Looks for what would be lost, or ends.
m_checked() {
    m_check "$m_patterns" "$m_doomed" && return
    m_put_back
    m_done failed "the disk of $m_tmp is full: what would be lost can't be written down"
}

m_clean() {
    m_checked
    [ ! -s "$m_tmp/findings" ]
}

m_set_aside() {
    [ "$m_tree" = "$m_place" ] || return 0
    # A locked worktree is not pruned while its folder is away.
    if [ ! -f "$m_private/locked" ]; then
        printf '%s\n' "$m_lock_reason" >"$m_private/locked" ||
            m_done failed "$m_private/locked can't be written"
    fi
    mv "$m_place" "$m_aside" 2>"$m_tmp/err" ||
        m_done failed "$m_place can't be renamed: $(cat "$m_tmp/err")"
    m_tree=$m_aside
}

# The worktree goes back to its place, as it was.
m_put_back() {
    if [ "$m_tree" = "$m_aside" ]; then
        if [ -e "$m_place" ] || [ -L "$m_place" ]; then
            m_done failed "$m_place was made anew while the worktree was set aside as $m_aside"
        fi
        mv "$m_aside" "$m_place" || m_done failed "$m_aside can't be moved back to $m_place"
        m_tree=$m_place
    fi
    [ -n "$m_private" ] || return 0
    # git writes the folder's current path here.
    # Never cut short by a full disk: without it, git forgets the worktree.
    [ "$m_tree" = "$m_place" ] && printf '%s/.git\n' "$m_place" >"$m_private/gitdir.muster" &&
        mv -f "$m_private/gitdir.muster" "$m_private/gitdir"
    if [ -f "$m_private/locked" ] && grep -q "^$m_lock_reason\$" "$m_private/locked"; then
        rm -f "$m_private/locked"
    fi
}

m_remove_checked() {
    if ! m_clean; then
        m_put_back
        m_done refused ''
    fi
    if [ -d "$m_tree" ]; then
        m_set_aside
        if ! m_clean; then
            m_put_back
            m_done refused ''
        fi
    fi
    m_finish
}

m_remove_saved() {
    m_checked
    if grep -q '^mount' "$m_tmp/findings"; then
        m_put_back
        m_done refused ''
    fi
    # Only the branch is left: it is saved as it is deleted.
    [ -n "$m_private" ] || m_finish
    cp "$m_tmp/findings" "$m_tmp/found" || m_done failed "$m_tmp can't be written"
    if [ -d "$m_tree" ] && ! m_affordable "$m_bytes"; then
        m_put_back
        m_done too-large "$(cat "$m_tmp/largest")"
    fi
    m_tries=0 m_last=none
    while :; do
        if ! m_rescue; then
            m_put_back
            m_done not-saved "$(tail -n 20 "$m_tmp/err")"
        fi
        m_now=$(cat "$m_tmp/trees"; printf .)
        # Saved twice alike, the second time out of reach: nothing came in between.
        [ "$m_now" = "$m_last" ] && [ "$m_tree" != "$m_place" ] && break
        m_last=$m_now m_tries=$((m_tries + 1))
        if [ "$m_tries" -gt 5 ]; then
            m_put_back
            m_done not-saved 'files keep changing while they are saved'
        fi
        [ -d "$m_tree" ] && m_set_aside
    done
    m_rescued=yes
    cp "$m_tmp/found" "$m_tmp/findings"
    m_finish
}

# From the first rename on there is no way back; each line may have been done before.
m_finish() {
    if [ -d "$m_tree" ] && [ "$m_tree" = "$m_aside" ]; then
        mv "$m_aside" "$m_dead" || m_done failed "$m_aside can't be renamed"
    fi
    if [ -n "$m_private" ]; then
        mv "$m_private" "$m_gone" || m_done failed "$m_private can't be renamed"
        m_private=
        rmdir "$m_common/worktrees" 2>/dev/null
    fi
    m_delete_branch
    m_unlock
    m_number=
    m_delete "$m_gone"
    m_delete "$m_dead"
    m_done removed ''
}

m_delete() {
    [ -e "$1" ] || return 0
    rm -rf "$1" 2>/dev/null && return 0
    # Read-only folders, as package caches make them; a process that still writes inside.
    chmod -R u+rwX "$1" 2>/dev/null
    rm -rf "$1" 2>"$m_tmp/err" || m_done left-over "$1: $(head -n 3 "$m_tmp/err")"
}

# m_take_up: a call of ours that deletes the branch was killed before: its lock files would keep every
# later git from refs and configuration. A living git's go within a moment.
m_take_up() {
    rm -f "$m_common/refs/heads/$m_branch.lock"
    m_i=0
    while [ "$m_i" -lt 50 ]; do
        [ -e "$m_common/packed-refs.lock" ] || [ -e "$m_common/config.lock" ] || return 0
        m_i=$((m_i + 1))
        sleep 0.1 2>/dev/null || { sleep 1; m_i=$((m_i + 9)); }
    done
    rm -f "$m_common/packed-refs.lock" "$m_common/packed-refs.new" "$m_common/config.lock"
}

# Only as it was when it was found to be held elsewhere, or was saved.
m_delete_branch() {
    [ ! -f "$m_tmp/branch" ] || m_take_up
    [ -n "$m_doomed" ] || return 0
    m_tip=$(m_g "$m_common" rev-parse --quiet --verify "refs/heads/$m_doomed") || return 0
    m_count=$(m_g "$m_common" rev-list --count "$m_tip" --not --exclude="$m_doomed" \
        --branches --remotes 2>/dev/null) || return 0
    if [ "$m_count" -gt 0 ]; then
        [ "$m_mode" = force ] || return 0
        m_g "$m_common" update-ref "$m_prefix/branch" "$m_tip" || return 0
    fi
    { true >"$m_tmp/branch"; } 2>/dev/null
    m_g "$m_common" update-ref -d "refs/heads/$m_doomed" "$m_tip" 2>/dev/null || return 0
    m_g "$m_common" config --remove-section "branch.$m_doomed" 2>/dev/null
    m_branch_said=deleted
}
