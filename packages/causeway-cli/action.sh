#!/usr/bin/env bash
# The body of action.yml: turns its inputs into a call of the command.
set -euo pipefail

args=(--format github --fail-on "$INPUT_FAIL_ON")
[ -z "$INPUT_SNAPSHOT" ] || args+=(--snapshot "$INPUT_SNAPSHOT")
[ -z "$INPUT_SARIF" ] || args+=(--format "sarif:$INPUT_SARIF")
summary=
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  summary=$(mktemp)
  args+=(--format "markdown:$summary")
fi
while IFS= read -r line; do
  [ -z "$line" ] || args+=("$line")
done <<<"$INPUT_ARGS"
args+=(--)
while IFS= read -r line; do
  [ -z "$line" ] || args+=("$line")
done <<<"$INPUT_PATHS"

status=0
${CAUSEWAY_COMMAND:-npx --yes "@causeway/cli@$INPUT_VERSION"} catalog validate "${args[@]}" || status=$?
[ -z "$summary" ] || cat "$summary" >>"$GITHUB_STEP_SUMMARY"
exit "$status"
