# shellcheck shell=sh disable=SC2034,SC2154 # these functions share variables with git-remove.sh's
# Saves all that a worktree holds as refs of its repo. Functions only; needs git-check.sh.
#
# Under m_prefix (refs/muster/rescue/ID) of the repo:
#   head      the commit that was checked out          index   what was staged, on top of head
#   work      all files, tracked and untracked          ignored the ignored files
#   reflog    its parents: commits that only the worktree's reflog named
#   gitdir    the private git dir's files (a merge or rebase in progress)
#   branch    the session's branch, when Muster made it
#   MERGE_HEAD, refs/bisect/…  what an operation in progress names
#   nested/N  a repo inside: head, index, work, ignored, reflog, stash/…, refs/… of its own;
#             gitdir and files where git can't read it
# Changed and new files are saved byte for byte, no conversion applied. $m_tmp/saved gets a line
# REF TAB COMMIT TAB FOLDER-HEX each, $m_tmp/trees what tells one state of all this from another.

# Sums up what would have to be written, in bytes: fails with $m_tmp/largest when over $1.
m_affordable() {
    true >"$m_tmp/sizes" || return 1
    m_sizes "$m_private" "$m_tree"
    for m_entry in "$m_tmp/nested"/*; do
        m_read "$m_entry" || continue
        m_inner=$m_text
        case $m_entry in
        *.bare) m_inner_dir=$m_inner ;;
        *)
            m_open_inner "$m_inner" || m_inner_dir=$m_inner/.git
            m_sizes "$m_inner_dir" "$m_inner"
            ;;
        esac
        m_goes "$m_inner_dir" && du -sk "$m_inner_dir" 2>/dev/null |
            awk '{ n = $1 * 1024; $1 = ""; print n $0 }' >>"$m_tmp/sizes"
    done
    LC_ALL=C sort -rn "$m_tmp/sizes" | head -n 10 >"$m_tmp/largest"
    awk -v limit="$1" '{ sum += $1 } END { exit sum > limit }' "$m_tmp/sizes"
}

m_sizes() {
    {
        GIT_DIR=$1 GIT_WORK_TREE=$2 git -C "$2" ls-files -z -o \
            --exclude-from="$m_tmp/disposable"
        GIT_DIR=$1 GIT_WORK_TREE=$2 git -C "$2" diff-files -z --name-only --diff-filter=MT \
            --ignore-submodules=all
    } 2>/dev/null | (cd "$2" && LC_ALL=C xargs -0 ls -ldnq -- 2>/dev/null) |
        awk '/^-/ { n = $5; for (i = 0; i < 8; i++) sub(/^[^ ]+ +/, ""); print n " " $0 }' \
            >>"$m_tmp/sizes"
}

# Saves everything, or fails with a reason in $m_tmp/err.
m_rescue() {
    m_s_saved=$m_tmp/saved
    true >"$m_s_saved" || return 1
    # Locks of a call that was killed: these refs are this session's alone, and the repo is locked.
    [ -d "$m_common/$m_prefix" ] && find "$m_common/$m_prefix" -name '*.lock' -exec rm -f {} +
    { true >"$m_tmp/trees" && true >"$m_tmp/err"; } || return 1
    if ! m_room; then
        echo "the disk of $m_tmp is full" >>"$m_tmp/err"
        return 1
    fi
    m_folder=
    if [ -d "$m_tree" ]; then
        if m_closed; then
            echo "folders may not be read: $(head -n 5 "$m_tmp/closed")" >>"$m_tmp/err"
            return 1
        fi
        m_snapshot "$m_private" "$m_tree" "$m_common" "$m_prefix" "$m_tmp/put" || return 1
        m_nested_list || return 1
        m_rescue_nested || return 1
    else
        mkdir -p "$m_tmp/nothing" &&
            m_snapshot "$m_private" '' "$m_common" "$m_prefix" "$m_tmp/put" || return 1
    fi
    m_folder=
    m_begin "$m_private" "$m_tmp/nothing" "$m_common" "$m_prefix" || return 1
    m_save_folder "$m_private" gitdir --exclude=/modules/ --exclude='*.lock' || return 1
    if [ -n "$m_doomed" ]; then
        m_save branch "$(m_g "$m_common" rev-parse --quiet --verify \
            "refs/heads/$m_doomed")" || return 1
    fi
    m_verify && m_room
}

# Starts on a repo: $1 git dir, $2 its folder, $3 its common git dir, $4 where its refs go.
m_begin() {
    m_s_git=$1 m_s_tree=$2 m_s_common=$3 m_s_prefix=$4
    m_s=$m_tmp/snapshot
    rm -rf "$m_s"
    mkdir -p "$m_s" "$m_tmp/nothing" || return 1
    m_format=$(m_g "$m_s_common" rev-parse --show-object-format 2>/dev/null)
    m_raw_git "$m_s/raw" "$m_format" || return 1
    m_s_head=$(m_g "$m_s_git" rev-parse --quiet --verify 'HEAD^{commit}' 2>/dev/null)
    # What `git add -N` left in the index refers to the empty blob without making it.
    m_write none hash-object -w --stdin </dev/null >/dev/null
}

# m_write INDEX ARGS…: raw git that writes objects into the repo.
m_write() {
    m_s_index=$m_s/$1
    shift
    (
        GIT_OBJECT_DIRECTORY=$m_s_common/objects
        export GIT_OBJECT_DIRECTORY
        m_raw "$m_s/raw" "$m_s_tree" "$m_s_index" "$@"
    ) 2>>"$m_tmp/err"
}

# git on the repo's own index and files, changing neither.
m_look() {
    GIT_DIR=$m_s_git GIT_WORK_TREE=$m_s_tree GIT_INDEX_FILE=${m_index:-$m_s_git/index} \
        GIT_OPTIONAL_LOCKS=0 LC_ALL=C git -c core.quotePath=true -c core.fsmonitor=false \
        -c core.untrackedCache=false -c core.hooksPath=/dev/null -c core.splitIndex=false \
        -C "$m_s_tree" "$@" \
        2>>"$m_tmp/err"
}

# m_look_for FILE ARGS…: the files that ls-files -o finds, into FILE. git only warns of what it
# can't open: that is a failure here.
m_look_for() {
    m_s_to=$1
    shift
    m_s_before=$(wc -c <"$m_tmp/err")
    m_look ls-files -o "$@" >"$m_s_to.raw" || return 1
    [ "$m_s_before" -eq "$(wc -c <"$m_tmp/err")" ] || return 1
    m_files_only <"$m_s_to.raw" | LC_ALL=C sort -u >"$m_s_to"
}

m_files_only() {
    grep -v -e '/$' -e '/"$'
    m_some_lines
}

# m_save NAME COMMIT
m_save() {
    [ -n "$2" ] || return 0
    m_g "$m_s_common" -c core.hooksPath=/dev/null update-ref "$m_s_prefix/$1" "$2" \
        2>>"$m_tmp/err" || return 1
    printf '%s\t%s\t%s\n' "$m_s_prefix/$1" "$2" "$(m_hex "$m_folder")" >>"$m_s_saved"
}

# m_save_tree NAME INDEX TEXT [PARENTS…]: commits that index's tree.
m_save_tree() {
    m_s_name=$1 m_s_text=$3
    m_s_oid=$(m_write "$2" write-tree) || return 1
    shift 3
    printf '%s %s\t%s\n' "$m_folder" "$m_s_name" "$m_s_oid" >>"$m_tmp/trees" || return 1
    m_s_commit=$(
        GIT_AUTHOR_NAME=Muster GIT_AUTHOR_EMAIL=muster@localhost
        GIT_COMMITTER_NAME=Muster GIT_COMMITTER_EMAIL=muster@localhost
        # One time for the whole call: to save the same again changes nothing.
        GIT_AUTHOR_DATE="$m_when +0000" GIT_COMMITTER_DATE="$m_when +0000"
        export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL \
            GIT_AUTHOR_DATE GIT_COMMITTER_DATE
        m_write none commit-tree "$m_s_oid" -m "$m_s_text" "$@"
    ) || return 1
    m_save "$m_s_name" "$m_s_commit"
}

# m_snapshot GIT-DIR FOLDER COMMON PREFIX PUT: FOLDER empty: there are no files any more. PUT lists
# what need not be saved.
m_snapshot() {
    m_begin "$1" "${2:-$m_tmp/nothing}" "$3" "$4" || return 1
    m_s_put=$5
    printf '%s head\t%s\n' "$m_folder" "$m_s_head" >>"$m_tmp/trees" || return 1
    m_save head "$m_s_head" || return 1
    m_snapshot_operation || return 1
    m_snapshot_reflog || return 1
    if [ -f "$m_s_git/index" ]; then
        m_look ls-files -s >"$m_s/stages" || return 1
    else
        true >"$m_s/stages" || return 1
    fi
    # Conflicts can't be a tree: each side goes into a folder of its own.
    sed -e "s/^\\([0-7]* [0-9a-f]*\\) \\([123]\\)$m_tab\"/\\1 0$m_tab\".muster-unmerged\\/\\2\\//" \
        -e "s/^\\([0-7]* [0-9a-f]*\\) \\([123]\\)$m_tab/\\1 0$m_tab.muster-unmerged\\/\\2\\//" \
        "$m_s/stages" >"$m_s/index.info" || return 1
    m_write index update-index --index-info <"$m_s/index.info" || return 1
    m_save_tree index index 'Muster: what was staged' ${m_s_head:+-p "$m_s_head"} || return 1
    [ -n "$2" ] || return 0
    m_snapshot_work && m_snapshot_ignored
}

# Commits that only files and refs of this one git dir name.
m_snapshot_operation() {
    for m_ref in MERGE_HEAD ORIG_HEAD CHERRY_PICK_HEAD REVERT_HEAD REBASE_HEAD $(m_g "$m_s_git" \
        for-each-ref --format='%(refname)' refs/worktree refs/bisect refs/rewritten); do
        m_s_oid=$(m_g "$m_s_git" rev-parse --quiet --verify "$m_ref^{commit}" 2>/dev/null) ||
            continue
        m_save "$m_ref" "$m_s_oid" || return 1
    done
}

m_snapshot_reflog() {
    m_g "$m_s_git" rev-list --walk-reflogs HEAD 2>/dev/null | LC_ALL=C sort -u |
        m_g "$m_s_git" rev-list --stdin --not --all ${m_s_head:+"$m_s_head"} \
            2>/dev/null | head -n 500 >"$m_s/reflog" || return 1
    [ -s "$m_s/reflog" ] || return 0
    set --
    while read -r m_s_oid; do
        set -- "$@" -p "$m_s_oid"
    done <"$m_s/reflog"
    m_save_tree reflog none 'Muster: commits that only the reflog named' "$@"
}

m_snapshot_work() {
    grep "^[0-7]* [0-9a-f]* 0$m_tab" "$m_s/stages" >"$m_s/work.info"
    m_some_lines || return 1
    m_write work update-index --index-info <"$m_s/work.info" || return 1
    # An index without marks and stat data shows each file that differs, and nothing stays hidden.
    m_index=$m_s/plain
    m_look update-index --index-info <"$m_s/work.info" || return 1
    m_look update-index -q --refresh >/dev/null
    m_look diff-files --name-only --diff-filter=MT --ignore-submodules=all >"$m_s/paths" || {
        m_index=
        return 1
    }
    m_index=
    {
        [ ! -f "$m_s_git/index" ] ||
            m_look diff-files --name-only --diff-filter=DU --ignore-submodules=all
    } >>"$m_s/paths" || return 1
    m_look_for "$m_s/untracked" --exclude-standard || return 1
    LC_ALL=C comm -23 "$m_s/untracked" "$m_s_put" >>"$m_s/paths" || return 1
    m_write work update-index --add --remove --replace --stdin <"$m_s/paths" || return 1
    m_save_tree work work 'Muster: all files, tracked and untracked' \
        ${m_s_head:+-p "$m_s_head"}
}

m_snapshot_ignored() {
    m_look_for "$m_s/outside" --exclude-from="$m_tmp/disposable" || return 1
    LC_ALL=C comm -23 "$m_s/outside" "$m_s/untracked" | LC_ALL=C comm -23 - "$m_s_put" \
        >"$m_s/ignored.names" || return 1
    [ -s "$m_s/ignored.names" ] || return 0
    m_write ignored update-index --add --stdin <"$m_s/ignored.names" || return 1
    m_save_tree ignored ignored 'Muster: the ignored files'
}

# m_save_folder FOLDER NAME LS-FILES-ARGS…: every file of a folder, as it is.
m_save_folder() {
    m_s_tree=$1 m_s_into=$2
    shift 2
    m_write "$m_s_into" ls-files -o "$@" >"$m_s/folder.raw" || return 1
    m_files_only <"$m_s/folder.raw" >"$m_s/folder" || return 1
    m_write "$m_s_into" update-index --add --stdin <"$m_s/folder" || return 1
    m_save_tree "$m_s_into" "$m_s_into" 'Muster: the files of a git folder'
}

m_rescue_nested() {
    m_n=0
    for m_entry in "$m_tmp/nested"/*; do
        m_read "$m_entry" || continue
        m_inner=$m_text
        m_n=$((m_n + 1))
        m_inner_git=
        case $m_entry in
        *.bare)
            m_folder=
            m_rescue_inner "$m_inner" '' || return 1
            ;;
        *)
            m_folder=${m_inner#"$m_tree"/}
            if m_open_inner "$m_inner"; then
                m_rescue_inner "$m_inner_dir" "$m_inner" || return 1
            else
                m_rescue_broken || return 1
            fi
            ;;
        esac
    done
}

# $1 a git dir, $2 its folder or nothing. Its state becomes refs of its own, which are fetched then:
# git makes sure that all of it arrives. What can't be fetched (shallow, partial, another hash) is
# saved file by file.
m_rescue_inner() {
    m_inner_git=$1 m_inner_tree=$2
    m_inner_common=$(cd "$1" && GIT_DIR=. GIT_WORK_TREE=. git rev-parse --git-common-dir &&
        printf .) || return 1
    m_inner_common=${m_inner_common%"$m_nl."}
    case $m_inner_common in
    /*) ;;
    *) m_inner_common=$1/$m_inner_common ;;
    esac
    if [ "$(cd "$m_inner_common" && pwd -P)" = "$(cd "$m_common" && pwd -P)" ]; then
        m_snapshot "$1" "$2" "$m_common" "$m_prefix/nested/$m_n" /dev/null
        return
    fi
    # First into the inner repo itself, so that git can then carry it over as a whole.
    m_s_saved=/dev/null
    m_snapshot "$1" "$2" "$m_inner_common" "$m_prefix" /dev/null && m_rescue_stashes
    m_code=$?
    m_s_saved=$m_tmp/saved
    [ "$m_code" -eq 0 ] || return 1
    # Refs that must not be outlived by what they name: the whole of a git dir says it best.
    m_fetch && return 0
    m_rescue_broken
}

m_rescue_stashes() {
    m_i=0
    for m_s_oid in $(m_g "$m_inner_common" rev-list --walk-reflogs refs/stash -- \
        2>/dev/null); do
        m_save "stash/$m_i" "$m_s_oid" || return 1
        m_i=$((m_i + 1))
    done
    m_g "$m_inner_common" for-each-ref --format='%(objectname) %(refname)' |
        grep -v -e ' refs/heads/' -e ' refs/tags/' -e ' refs/notes/' -e ' refs/stash$' \
            -e ' refs/muster/' >"$m_s/other"
    m_some_lines || return 1
    while read -r m_s_oid m_ref; do
        m_save "$m_ref" "$m_s_oid" || return 1
    done <"$m_s/other"
}

m_fetch() {
    [ -f "$m_inner_common/shallow" ] && return 1
    m_g "$m_common" -c core.hooksPath=/dev/null -c gc.auto=0 -c maintenance.auto=false \
        -c fetch.recurseSubmodules=false -c fetch.prune=false -c protocol.file.allow=always \
        -c fetch.writeCommitGraph=false fetch --quiet --no-tags "$m_inner_common" \
        "+$m_prefix/*:$m_prefix/nested/$m_n/*" "+refs/heads/*:$m_prefix/nested/$m_n/refs/heads/*" \
        "+refs/tags/*:$m_prefix/nested/$m_n/refs/tags/*" \
        "+refs/notes/*:$m_prefix/nested/$m_n/refs/notes/*" >/dev/null 2>>"$m_tmp/fetch-err" ||
        return 1
    m_g "$m_common" for-each-ref \
        --format="%(refname)$m_tab%(objectname)$m_tab$(m_hex "$m_folder")" \
        "$m_prefix/nested/$m_n" >>"$m_tmp/saved"
}

# A repo that git can't read, or can't hand over: its files as they are, those of its git dir apart.
m_rescue_broken() {
    m_begin "$m_private" "$m_inner" "$m_common" "$m_prefix/nested/$m_n" || return 1
    m_s_source=${m_inner_git:-$m_inner/.git}
    if [ -d "$m_s_source" ]; then
        m_save_folder "$m_s_source" gitdir || return 1
    fi
    case $m_entry in
    *.bare) ;;
    *) m_save_folder "$m_inner" files ;;
    esac
}

# Everything is there, as a whole, before anything is deleted.
m_verify() {
    cut -f 2 "$m_tmp/saved" | LC_ALL=C sort -u >"$m_tmp/verify" || return 1
    while IFS="$m_tab" read -r m_ref m_oid m_rest; do
        [ "$(m_g "$m_common" rev-parse --quiet --verify "$m_ref")" = "$m_oid" ] || {
            echo "$m_ref does not name $m_oid" >>"$m_tmp/err"
            return 1
        }
    done <"$m_tmp/saved"
    m_g "$m_common" rev-list --quiet --objects --stdin <"$m_tmp/verify" \
        2>>"$m_tmp/err"
}
