"""``python -I -S launcher.py SECONDS COMMAND…``: runs a command once and prints what it took, in five numbers.

They are: the exit code (minus a signal's number, where one ended it), 1 if it was stopped after SECONDS, wall time and
processor time in seconds, and peak memory in KiB (of its largest process). It stands alone and imports next to
nothing, because the kernel counts what a process is started from to its peak.
"""

import os
import signal
import sys
import time


def main() -> None:
    """Run the command of the command line."""
    limit, command = float(sys.argv[1]), sys.argv[2:]
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        # It has a group of its own, for what it starts itself; so whoever ends the launcher does not reach it.
        os.killpg(child, signal.SIGKILL)

    quiet = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet, setpgroup=0)
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - began
    signal.setitimer(signal.ITIMER_REAL, 0)
    code = os.waitstatus_to_exitcode(status)
    # Linux counts in KiB, macOS in bytes.
    peak = used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    print(code, int(stopped), f"{wall:.6f}", f"{used.ru_utime + used.ru_stime:.6f}", peak)


if __name__ == "__main__":
    main()
