#!/bin/sh
# look-for-node.sh FILE: writes into the build's configuration FILE whether the page can be built
# here: where a Node.js is that Vite runs on, and npm.
says() {
  echo "$2"
  mkdir -p "${file%/*}" && echo "quarkus.quinoa=$1" >"$file"
  exit
}
file=$1
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  says false "No Node.js with npm on the PATH: the jar is built without the web page."
fi
node -e 'const [a, b] = process.versions.node.split(".").map(Number);
  process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' ||
  says false "Node.js $(node --version) is too old for Vite (20.19 or 22.12): the jar is built without the web page."
says true "The web page is built with Node.js $(node --version)."
