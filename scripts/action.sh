#!/usr/bin/env bash
# What action.yml runs: `linkwatch check` with the inputs of the action, which are in INPUT_… variables.
set -u

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

options=(--at "${INPUT_AT:-+25h}" --lang "${INPUT_LANG:-en}")
[ "${INPUT_STRICT:-}" = true ] && options+=(--strict)
[ "${INPUT_ALLOW_NONE:-}" = true ] && options+=(--allow-none)
[ "${INPUT_MERGE:-}" = true ] && options+=(--merge)
[ -n "${INPUT_EXPECT_FIRST:-}" ] && options+=(--expect-first "$INPUT_EXPECT_FIRST")
while read -r mode; do
  [ -n "$mode" ] && options+=(--link-mode "$mode")
done <<<"${INPUT_LINK_MODE:-}"

while read -r file; do
  [ -n "$file" ] && options+=(--server "$file")
done <<<"${INPUT_SERVER:-}"

files=()
while read -r file; do
  [ -n "$file" ] && files+=("$file")
done <<<"${INPUT_FILES:-}"

if [ "${#files[@]}" = 0 ]; then
  echo 'linkwatch: the input files names no file' >&2
  [ -n "${GITHUB_OUTPUT:-}" ] && echo 'exit-code=2' >>"$GITHUB_OUTPUT"
  exit 2
fi

# The instant of judgement is always given, so every format tells the same.
check() {
  node "$root/scripts/bootstrap.mjs" "$root/bin/linkwatch.ts" check "${options[@]}" "$@" -- "${files[@]}"
}

check
code=$?
if [ "$code" != 2 ]; then
  if [ -n "${INPUT_JUNIT:-}" ]; then
    # What the first check said is not said again, only why the file is missing.
    said=$(check --format junit --out "$INPUT_JUNIT" 2>&1)
    if [ $? = 2 ]; then
      echo "$said" >&2
      code=2
    fi
  fi
  if [ "${INPUT_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    check --format md 2>/dev/null >>"$GITHUB_STEP_SUMMARY"
  fi
fi
[ -n "${GITHUB_OUTPUT:-}" ] && echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
