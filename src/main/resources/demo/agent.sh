#!/bin/sh
# The demo's agent: does what a coding agent does, without a model. It reads its prompt, changes
# files in its worktree step by step, commits, asks where it must, and ends.
#
# agent.sh PROMPT-FILE
# Environment: MUSTER_EVENT reports its state; DEMO_PACE is the length of a beat in seconds (1).
pace=${DEMO_PACE:-1}
prompt=$(cat "$1") || exit 1

# state STATE DETAIL: tells Muster, where it was started by it.
state() {
  [ -z "${MUSTER_EVENT:-}" ] || "$MUSTER_EVENT" "$@"
}

# step BEATS TEXT: what it does now, and how long that takes.
step() {
  printf '\n* %s\n' "$2"
  state working "$2"
  sleep "$(($1 * pace))"
}

# show: its input, as code on its terminal.
show() {
  sed 's/^/  | /'
}

# swap FILE OLD NEW: replaces whole lines.
swap() {
  awk -v old="$2" -v new="$3" '$0 == old { print new; next } { print }' "$1" >"$1.new" &&
    mv "$1.new" "$1" || exit 1
  printf '%s\n' "- $2" "+ $3" | show
}

# commit MESSAGE: all that changed, under a name of its own.
commit() {
  git add -A &&
    git -c user.name='Demo Agent' -c user.email=agent@demo.invalid -c commit.gpgsign=false \
      -c core.hooksPath=/dev/null commit -q -m "$1" || exit 1
  git log -1 --oneline --stat | show
}

# ask QUESTION: waits for a person. Leaves the answer in $answer.
ask() {
  answer=
  printf '\n? %s ' "$1"
  state needs-input "$1"
  IFS= read -r answer
}

frontend() {
  step 3 'Reading src/settings.js and src/theme.css'
  show <src/theme.css

  step 4 'Editing src/theme.css: colours for the dark'
  cat >>src/theme.css <<'CSS'

[data-theme="dark"] {
  --page: #16181d;
  --text: #e6e6e6;
  --accent: #8ab4f8;
}
CSS
  tail -n 6 src/theme.css | show

  step 4 'Editing src/settings.js: a switch that is remembered'
  swap src/settings.js '  // Appearance: nothing to choose yet.' '  addSwitch("Dark mode", theme);'
  cat >>src/settings.js <<'JS'

export const theme = {
  get on() {
    return localStorage.getItem("theme") === "dark";
  },
  set on(dark) {
    localStorage.setItem("theme", dark ? "dark" : "light");
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  },
};
JS
  step 2 'Checking the change'
  git diff --check || exit 1
  commit 'Add a dark mode that is remembered'

  step 4 'Writing test/theme.test.js'
  cat >test/theme.test.js <<'JS'
import { theme } from "../src/settings.js";

test("remembers the dark", () => {
  theme.on = true;
  expect(theme.on).toBe(true);
});
JS
  show <test/theme.test.js
  commit 'Test that the theme is remembered'
}

backend() {
  step 4 'Reading api/orders.py and its tests'
  show <api/orders.py

  step 5 'Editing api/orders.py: pages with a cursor'
  swap api/orders.py 'def list_orders(db):' 'def list_orders(db, after=0, limit=50):'
  swap api/orders.py '    return db.query("SELECT * FROM orders ORDER BY id")' \
    '    rows = db.query(PAGE, after, limit + 1)
    return {"orders": rows[:limit], "next": rows[limit - 1].id if len(rows) > limit else None}'
  cat >>api/orders.py <<'PY'


PAGE = "SELECT * FROM orders WHERE id > ? ORDER BY id LIMIT ?"
PY
  commit 'List orders in pages'

  step 5 'Editing tests/test_orders.py: first, middle and last page'
  cat >>tests/test_orders.py <<'PY'


def test_the_last_page_has_no_next(db):
    db.insert_orders(3)
    assert list_orders(db, after=2, limit=50)["next"] is None


def test_a_full_page_names_the_next(db):
    db.insert_orders(60)
    assert list_orders(db, limit=50)["next"] == 50
PY
  tail -n 10 tests/test_orders.py | show
  step 3 'Checking the change'
  git diff --check || exit 1
  commit 'Test the pages of orders'

  printf '\n* Waiting for the checks of the branch\n'
  state idle 'waits for the checks of its branch'
  sleep "$((5 * pace))"

  step 4 'The checks are green; writing it into README.md'
  cat >>README.md <<'MD'

`GET /orders?after=ID&limit=N` answers a page, and `next` for the one behind it.
MD
  tail -n 1 README.md | show
  commit 'Document the pages'
}

migration() {
  step 4 'Reading migrations/'
  cat migrations/*.sql | show

  step 5 'Writing migrations/0003_archive_orders.sql'
  cat >migrations/0003_archive_orders.sql <<'SQL'
-- Orders are archived, never deleted.
ALTER TABLE orders ADD COLUMN archived_at TIMESTAMP;
CREATE INDEX orders_living ON orders (id) WHERE archived_at IS NULL;
SQL
  show <migrations/0003_archive_orders.sql
  commit 'Add a migration that archives orders'

  ask 'Apply 0003_archive_orders to staging? [y/N]'
  case $answer in
  [Yy]*)
    step 6 'Applying 0003_archive_orders'
    printf '0003_archive_orders\n' >>migrations/applied
    step 3 'Checking that every step has been applied'
    show <migrations/applied
    commit 'Apply 0003_archive_orders to staging'
    ;;
  *)
    step 1 'Not applied, as you say'
    ;;
  esac
}

note() {
  step 3 'Thinking about it'
  step 2 'Writing NOTES.md'
  printf '%s\n' "$prompt" >>NOTES.md
  commit 'Note what was asked'
}

printf 'Demo agent in %s\n' "$PWD"
printf '%s\n' "$prompt" | sed 's/^/> /'
case $prompt in
*"dark mode"*) frontend ;;
*"cursor"*) backend ;;
*"migration"*) migration ;;
*) note ;;
esac
printf '\n* Done: %s\n' "$(git log -1 --format=%s)"
