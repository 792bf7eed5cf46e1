#!/bin/sh
# Lays a dump of Redis (standard input) into the empty folder of one that keeps an append-only file, and ends. Such a
# Redis takes no notice of a dump that merely lies there: it would start empty.
set -eu

cd "${1:-/data}"
if [ -n "$(ls -A)" ]; then
  echo "$(pwd) is not empty: a dump is laid into an empty volume only" >&2
  exit 1
fi

socket=$(mktemp -u)
ask() { redis-cli -s "$socket" "$@"; }
persistence() { ask info persistence | grep -c "^$1:0" || true; }

cat > dump.rdb
redis-server --port 0 --unixsocket "$socket" --dir . --appendonly no --save '' --daemonize yes > /dev/null
until [ "$(ask ping 2> /dev/null)" = PONG ] && [ "$(persistence loading)" = 1 ]; do sleep 0.2; done
keys=$(ask dbsize)
ask config set appendonly yes > /dev/null
until [ "$(persistence aof_rewrite_in_progress)" = 1 ] && [ "$(persistence aof_rewrite_scheduled)" = 1 ]; do sleep 0.2; done
ask shutdown nosave
echo "restored $keys keys"
