"""Hatch's hook: a wheel holds a digest of its rule pages and lexicons, and an editable installation gets one, too."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Digest(BuildHookInterface[BuilderConfig]):
    """Makes the digest when a wheel is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatch before the files are gathered; ``version`` is the kind of the build."""
        sys.path[:0] = [self.root, str(Path(self.root) / "tools")]
        import digest

        if version == "editable":
            digest.write_for_checkout()
            return
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "digest.json"
        digest.write(path, digest.digest())
        build_data["force_include"][str(path)] = "pmlint/digest.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called by hatch when the wheel is there."""
        if version != "editable":
            self._folder.cleanup()
