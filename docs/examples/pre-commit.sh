#!/bin/sh
# A hook without a hook manager, or with husky: copy it to .git/hooks/pre-commit or to .husky/pre-commit.
# It looks at what is staged, not at what lies in the folder.
command -v pmlint >/dev/null || {
  echo "pre-commit: pmlint is not installed, see its README; git commit --no-verify commits without it" >&2
  exit 1
}
exec pmlint check --staged
