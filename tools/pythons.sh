#!/usr/bin/env bash
# Runs the tests of autograd and nn on every Python of this machine, each in a new environment, removed at the end.
#
#   tools/pythons.sh                                         python3.11 to python3.14, on PATH or from pyenv
#   tools/pythons.sh python3.13 /opt/python3.14t/bin/python  these
#   TESTS=tests/autograd tools/pythons.sh                    other tests
#   EXTRAS=test tools/pythons.sh python3.15                  without Numba, where it has no wheel yet
#
# Exits with 0 if the tests passed on all of them, with 1 if they failed on one, with 2 if there is no Python to try.
# Where to get one: `pyenv install 3.14`; or, as root on Debian, a later Debian in a folder of its own:
#   debootstrap --include=python3,python3-venv forky /opt/forky
# and then run this script inside it (chroot /opt/forky), on a copy of the project.
set -euo pipefail
cd "$(dirname "$0")/.."

# The last that can make environments wins: a shim may stand for a version that is off, a Python may lack venv.
find_pythons() {
    local minor python found
    for minor in 11 12 13 14; do
        found=
        for python in "${PYENV_ROOT:-$HOME/.pyenv}/versions/3.$minor".*/bin/python "python3.$minor"; do
            if "$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$python; fi
        done
        if [ -n "$found" ]; then echo "$found"; fi
    done
}

if [ $# -eq 0 ]; then
    while IFS= read -r python; do set -- "$@" "$python"; done < <(find_pythons)
fi
if [ $# -eq 0 ]; then
    echo "no python3.11 to python3.14 on PATH or in pyenv; name one: tools/pythons.sh /path/to/python" >&2
    exit 2
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
read -r -a tests <<<"${TESTS:-tests/autograd tests/nn}"

try() {
    local venv=$folder/venv
    "$1" -m venv "$venv" &&
        "$venv/bin/pip" install --quiet --disable-pip-version-check --editable ".[${EXTRAS:-test,fast,learn}]" &&
        "$venv/bin/python" -m pytest -q -p no:cacheprovider -n auto "${tests[@]}"
}

failed=0
summary=
for python in "$@"; do
    name=$("$python" --version 2>&1) || name="$python does not run"
    echo "== $name ($python)"
    if try "$python"; then result=passed; else result=FAILED failed=1; fi
    summary+="$result  $name ($python)"$'\n'
    rm -rf "$folder/venv"
done
printf '\n%s' "$summary"
exit "$failed"
