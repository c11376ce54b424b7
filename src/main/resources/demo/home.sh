# shellcheck shell=sh
# Makes a demo host's small repo with some history. Run with the host's HOME in its environment.
#
# home.sh REPO-PATH: `web` and `api` are known by the path's last part
umask 022
repo=$1
mkdir -p "$repo" && cd "$repo" || exit 1
git init -q . && git symbolic-ref HEAD refs/heads/main || exit 1

# commit DAYS-AGO AUTHOR MESSAGE
now=$(date +%s)
commit() {
  git add -A &&
    GIT_AUTHOR_DATE="@$((now - $1 * 86400)) +0000" GIT_COMMITTER_DATE="@$((now - $1 * 86400)) +0000" \
      GIT_AUTHOR_NAME=$2 GIT_AUTHOR_EMAIL="${2%% *}@demo.invalid" git commit -q -m "$3" || exit 1
}

web() {
  mkdir -p src test
  printf '# Shop\n\nThe web page of a small shop.\n' >README.md
  printf 'node_modules/\n.env\n' >.gitignore
  cat >package.json <<'JSON'
{
  "name": "shop-web",
  "private": true,
  "type": "module",
  "scripts": { "test": "vitest run" }
}
JSON
  cat >index.html <<'HTML'
<!doctype html>
<html lang="en">
  <head>
    <title>Shop</title>
    <link rel="stylesheet" href="src/theme.css" />
    <script type="module" src="src/settings.js"></script>
  </head>
  <body><main id="shop"></main></body>
</html>
HTML
  commit 21 'Ada Miller' 'Begin the shop'
  cat >src/theme.css <<'CSS'
:root {
  --page: #ffffff;
  --text: #222222;
  --accent: #0b57d0;
}
CSS
  commit 12 'Jo Okafor' 'Give the shop its colours'
  cat >src/settings.js <<'JS'
export function settings(page) {
  const addSwitch = (label, value) => page.append(label, value);
  addSwitch("Newsletter", newsletter);
  // Appearance: nothing to choose yet.
}

const newsletter = { on: false };
JS
  cat >test/settings.test.js <<'JS'
import { settings } from "../src/settings.js";

test("offers the newsletter", () => {
  expect(settings([])).toBeUndefined();
});
JS
  commit 4 'Ada Miller' 'Add a page of settings'
}

api() {
  mkdir -p api tests migrations
  printf '# Orders\n\nThe API behind the shop.\n' >README.md
  printf '__pycache__/\n.env\n' >.gitignore
  printf 'CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL);\n' \
    >migrations/0001_orders.sql
  printf '0001_orders\n' >migrations/applied
  commit 30 'Lin Park' 'Begin the orders'
  cat >api/orders.py <<'PY'
"""Orders, as the shop sees them."""


def list_orders(db):
    return db.query("SELECT * FROM orders ORDER BY id")
PY
  cat >tests/test_orders.py <<'PY'
from api.orders import list_orders


def test_lists_every_order(db):
    db.insert_orders(3)
    assert len(list_orders(db)) == 3
PY
  commit 17 'Lin Park' 'List orders'
  printf 'ALTER TABLE orders ADD COLUMN customer INTEGER;\n' >migrations/0002_customers.sql
  printf '0002_customers\n' >>migrations/applied
  commit 6 'Sam Rossi' 'Orders belong to customers'
}

"${repo##*/}"
