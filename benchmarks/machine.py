"""The machine that measures, described without its name or its paths."""

import os
import platform
import sysconfig
from importlib.metadata import version
from pathlib import Path


def machine() -> dict[str, str]:
    """What the figures depend on, by what it is called."""
    optimised = "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS"))
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "System": f"{platform.system()} {platform.release().split('-')[0]}, {_distribution()}",
        "Python": f"{platform.python_version()}{'' if optimised else ', built without profile-guided optimisation'}",
        "Packages": ", ".join(f"{name} {version(name)}" for name in ("pmlint", "mistune", "click")),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform(terse=True)
