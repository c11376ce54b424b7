# shellcheck shell=sh disable=SC2034 # what a function sets, its callers read
# The branches of a repo, for a person to choose from. Functions only; reads only.

# m_branches REPO LIMIT: `head HEX` where the repo stands on a branch, then the branches with the
# newest commit first, `branch SECONDS REF` each, at most LIMIT + 1 of them, and `done`.
# Or one line: `fault missing`, `fault nogit`, `fault norepo`, with what git says on standard error.
m_branches() {
    m_git_env
    [ -d "$1" ] || { echo 'fault missing'; return 0; }
    command -v git >/dev/null 2>&1 || { echo 'fault nogit'; return 0; }
    if ! { cd "$1" && git rev-parse --git-dir >/dev/null; }; then
        echo 'fault norepo'
        return 0
    fi
    m_head=$(git symbolic-ref -q HEAD) && printf 'head %s\n' "$(m_hex "$m_head")"
    # A name of a ref holds no space and no control character (git-check-ref-format(1)).
    git for-each-ref --sort=-committerdate --count="$(($2 + 1))" \
        --format='branch %(committerdate:unix) %(refname)' refs/heads refs/remotes || return 1
    echo 'done'
}
