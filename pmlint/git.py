"""The git program, asked in one way: only what reads, nothing that runs other programs, by object names.

What a repository's configuration could turn against its reader is overridden: hooks, the file system monitor, external
diffs, text conversion, pagers, prompts and every transport. Paths are literal, lists are parted by NUL.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pmlint.errors import PmlintError, Problem
from pmlint.folders import is_below, top_above, top_of

TIMEOUT_SECONDS = 30
_SETTINGS = (
    "core.fsmonitor=false", "core.quotePath=false", f"core.hooksPath={os.devnull}", "core.pager=cat",
    "core.attributesFile=", "core.sshCommand=false", "safe.bareRepository=explicit", "protocol.allow=never",
    "credential.helper=", "log.showSignature=false",
)  # fmt: skip
_GLOBAL = ("--no-pager", *(part for setting in _SETTINGS for part in ("-c", setting)))
_DIFF = ("--no-ext-diff", "--no-textconv", "--no-color", "--raw", "-z", "--no-abbrev")
# What would start a program, write a file or change what the answers look like.
_UNWANTED = frozenset(
    {
        "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_PAGER", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND",
        "GIT_EDITOR", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXEC_PATH",
        "GIT_REDIRECT_STDOUT", "GIT_REDIRECT_STDERR", "GIT_REDIRECT_STDIN", "LANGUAGE",
    }
)  # fmt: skip
# What ties git to one repository (``git rev-parse --local-env-vars``): of no use in another one.
_LOCAL = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS",
        "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)  # fmt: skip
# The object without content, by SHA-1 and by SHA-256.
_EMPTY = (
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
_KINDS = {"120000": "link", "160000": "submodule"}


class Repository(NamedTuple):
    """A work tree: absolute paths of its top folder, its git directory and the index that is being looked at."""

    top: str
    directory: str
    index_file: str
    own: bool = True

    @property
    def environment(self) -> dict[str, str]:
        """The environment that pins git to this repository and index."""
        here = {"GIT_DIR": self.directory, "GIT_WORK_TREE": self.top, "GIT_INDEX_FILE": self.index_file}
        return {**_environment(self.own), **here}


class Entry(NamedTuple):
    """A file of the index or of a commit: its path below the top folder, its object name, and what it is.

    ``kind`` is ``file``, ``link``, ``submodule``, ``unmerged`` or ``empty``.
    """

    path: str
    oid: str
    kind: str = "file"


class _Failed(Exception):
    """Git ended with another code than it was to: what it said."""


def open_repository(folder: str = ".") -> Repository:
    """The repository around a folder, by git's own rules and environment.

    Raises PmlintError where there is none, where git is missing or where it refuses.
    """
    return _opened(os.path.abspath(folder), own=True)


def find_repository(folder: str) -> Repository | None:
    """The repository that a folder belongs to, None where there is none that git would read.

    Git is started in the current folder or at the top of a work tree, never deeper: a folder may hold anything.
    """
    real, here = os.path.realpath(folder), os.path.realpath(os.curdir)
    top = top_above(real)
    same = top == top_above(here) and is_below(here, top or real)
    start = here if same or (top is None and "GIT_DIR" in os.environ) else top
    if start is None:
        return None
    try:
        repository = _opened(start, own=start == here)
    except PmlintError:
        return None
    return repository if is_below(real, repository.top) else None


def files_below(repository: Repository, folder: str) -> tuple[str, ...] | None:
    """The tracked and the untracked files below a folder, but not the ignored ones: absolute paths, sorted.

    None where git ignores the folder itself, because whoever names it wants it all the same, and where git fails.
    """
    below = _below(repository, folder)
    where = ("--", below) if below else ()
    try:
        if below and _succeeds(repository, "check-ignore", "-q", "--", f"./{below}"):
            return None
        listed = _asked(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard", *where)
    except PmlintError:
        return None
    return tuple(sorted({os.path.join(repository.top, path) for path in _paths(listed)}))


def ignored_below(repository: Repository, folder: str) -> tuple[str, ...]:
    """What git ignores below a folder: absolute paths, sorted; folders end in a slash and stand for all in them."""
    below = _below(repository, folder)
    where = ("--", below) if below else ()
    listed = _asked(repository, "ls-files", "-z", "--others", "--ignored", "--directory", "--exclude-standard", *where)
    return tuple(sorted(os.path.join(repository.top, path) for path in _paths(listed)))


def staged_changes(repository: Repository) -> tuple[Entry, ...]:
    """What a commit of the index would add or change, sorted by path; before the first commit, all of the index."""
    listed = _asked(repository, "diff", "--cached", "--no-renames", "--diff-filter=d", *_DIFF)
    return tuple(sorted(entry for _, entry in _raw(listed)))


def index_entries(repository: Repository) -> dict[str, Entry]:
    """Everything in the index by path.

    A file that was only announced (``add --intent-to-add``) looks like one that is empty; both have the kind ``empty``.
    """
    entries: dict[str, Entry] = {}
    for record in _paths(_asked(repository, "ls-files", "--stage", "-z")):
        about, path = record.split("\t", 1)
        mode, oid, stage = about.split(" ")
        kind = "unmerged" if stage != "0" else _KINDS.get(mode, "empty" if oid in _EMPTY else "file")
        entries[path] = Entry(path, oid, kind)
    return entries


def commit_named(repository: Repository, revision: str) -> str:
    """The object name of a commit. Raises PmlintError for what names none; nothing is taken for an option."""
    try:
        answer = _asked_or_failed(
            repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except (_Failed, ValueError):
        raise PmlintError(_unreachable(repository, revision, "git knows no such commit")) from None
    return os.fsdecode(answer).strip()


def merge_base(repository: Repository, revision: str) -> str:
    """The object name of the commit at which HEAD and a revision parted. Raises PmlintError where none is known."""
    other = commit_named(repository, revision)
    try:
        head = commit_named(repository, "HEAD")
    except PmlintError:
        raise PmlintError(Problem("HEAD", "nothing is committed yet", "check without --since")) from None
    try:
        answer = _asked_or_failed(repository, "merge-base", other, head)
    except _Failed:
        raise PmlintError(_unreachable(repository, revision, "HEAD has no history in common with it")) from None
    return os.fsdecode(answer).split()[0]


def _unreachable(repository: Repository, revision: str, reason: str) -> Problem:
    if os.fsdecode(_asked(repository, "rev-parse", "--is-shallow-repository")).strip() == "true":
        remedy = "check out with fetch-depth: 2 and use --since HEAD^1, or with fetch-depth: 0"
        return Problem(revision, f"{reason}, and this clone is shallow", remedy)
    return Problem(revision, reason, "fetch it, or name another commit")


def tree_entries(repository: Repository, commit: str) -> dict[str, Entry]:
    """Every file of a commit by path; ``commit`` is an object name."""
    entries: dict[str, Entry] = {}
    for record in _paths(_asked(repository, "ls-tree", "-r", "-z", "--full-tree", commit)):
        about, path = record.split("\t", 1)
        mode, _, oid = about.split(" ")
        entries[path] = Entry(path, oid, _KINDS.get(mode, "file"))
    return entries


def renamed_since(repository: Repository, commit: str) -> dict[str, str]:
    """The former paths of the files that were renamed between a commit and the index, by their paths now."""
    listed = _asked(repository, "diff", "--cached", "-M", "-l5000", "--diff-filter=R", *_DIFF, commit)
    return {entry.path: former for former, entry in _raw(listed) if former}


def blobs(repository: Repository, oids: Iterable[str], max_bytes: int) -> dict[str, bytes | int]:
    """The contents of objects by name: bytes, or of those over the limit the size. Missing ones are left out."""
    wanted = "".join(f"{oid}\n" for oid in dict.fromkeys(oids)).encode()
    if not wanted:
        return {}
    found: dict[str, bytes | int] = {}
    for line in _asked(repository, "cat-file", "--batch-check", stdin=wanted).decode().splitlines():
        oid, kind, *told = line.split(" ")
        if kind == "blob":
            found[oid] = int(told[0])
    small = [oid for oid, size in found.items() if isinstance(size, int) and size <= max_bytes]
    answer = _asked(repository, "cat-file", "--batch", stdin="".join(f"{oid}\n" for oid in small).encode())
    at = 0
    for oid in small:
        begin = answer.index(b"\n", at) + 1
        size = int(answer[at:begin].split()[2])
        found[oid] = answer[begin : begin + size]
        at = begin + size + 1
    return found


def _raw(listed: bytes) -> Iterator[tuple[str, Entry]]:
    """The records of a raw diff: the former path, empty unless the file was renamed, and what it is now."""
    fields = iter(_paths(listed))
    for about in fields:
        _, mode, _, oid, status = about.split(" ")
        former = next(fields) if status[0] in "RC" else ""
        kind = "unmerged" if status == "U" else _KINDS.get(mode, "file")
        yield former, Entry(next(fields), oid, kind)


def _paths(listed: bytes) -> list[str]:
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]


def _opened(start: str, own: bool) -> Repository:
    environment = _environment(own)

    def answered(*arguments: str) -> str:
        answer = os.fsdecode(_run(arguments, start, environment))
        return os.path.join(start, answer.removesuffix("\n").removesuffix("\r"))

    try:
        top = answered("rev-parse", "--show-toplevel")
        # In a hook git names the index that is being committed, which need not be the usual one.
        index = os.path.normpath(answered("rev-parse", "--git-path", "index"))
        return Repository(top, answered("rev-parse", "--absolute-git-dir"), index, own)
    except _Failed as failure:
        raise PmlintError(_refusal(start, str(failure))) from None


def _refusal(start: str, said: str) -> Problem:
    if "not a git repository" in said:
        return Problem(start, "this is no Git repository", "run it inside one, or leave the Git options out")
    if "dubious ownership" in said:
        remedy = f"if you trust it: git config --global --add safe.directory '{top_of(start)}'"
        return Problem(start, "git does not read this repository, because it belongs to somebody else", remedy)
    if "work tree" in said or "bare repository" in said:
        return Problem(start, "this repository has no work tree", "run it in a checkout")
    return _failure(said)


def _failure(said: str) -> Problem:
    lines = said.strip().splitlines() or ["it gave no reason"]
    told = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
    told = told.removeprefix("fatal: ").removeprefix("error: ")
    return Problem("git", f"it says: {told}", "`git status` tells more")


def _asked(repository: Repository, *arguments: str, stdin: bytes = b"") -> bytes:
    """What git answers. Raises PmlintError when it fails."""
    try:
        return _asked_or_failed(repository, *arguments, stdin=stdin)
    except _Failed as failure:
        raise PmlintError(_failure(str(failure))) from None


def _asked_or_failed(repository: Repository, *arguments: str, stdin: bytes = b"") -> bytes:
    return _run(arguments, repository.top, repository.environment, stdin)


def _succeeds(repository: Repository, *arguments: str) -> bool:
    try:
        _asked_or_failed(repository, *arguments)
    except _Failed:
        return False
    return True


def _run(arguments: Sequence[str], folder: str, environment: Mapping[str, str], stdin: bytes = b"") -> bytes:
    # The one command that refuses to take paths literally; it is given none that begins with a colon.
    literal = ("--literal-pathspecs",) if arguments[0] != "check-ignore" else ()
    command = [_program(), *_GLOBAL, *literal, *arguments]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, input=stdin, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        reason = f"git {arguments[0]} gave no answer within {TIMEOUT_SECONDS} seconds"
        raise PmlintError(Problem("git", reason, "run it again, or name the files")) from None
    if done.returncode:
        raise _Failed(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _program() -> str:
    """The git program. Folders that PATH names by relative paths may belong to the repository and are left out."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise PmlintError(Problem("git", "the program was not found", "install git, or put it on PATH"))


def _environment(own: bool) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _UNWANTED and not name.startswith("GIT_TRACE") and (own or name not in _LOCAL)
    }
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }


def _below(repository: Repository, folder: str) -> str:
    """A folder as git names it: below the top folder, with forward slashes; the top itself is empty."""
    relative = os.path.relpath(os.path.realpath(folder), os.path.realpath(repository.top))
    return "" if relative == os.curdir else relative.replace(os.sep, "/")
