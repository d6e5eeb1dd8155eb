"""The wheel, built from the source distribution, in a place that knows nothing of the checkout."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, check=check, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--sdist", "--outdir", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, cwd=unpacked)
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_exactly_the_tracked_rules_and_schemas(wheel: Path) -> None:
    tracked = _run("git", "ls-files", "rules", "schemas", cwd=ROOT).stdout.splitlines()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    inside = [name.removeprefix("pmlint/") for name in names if name.startswith(("pmlint/rules/", "pmlint/schemas/"))]
    assert sorted(inside) == sorted(tracked)
    assert "pmlint/py.typed" in names
    assert "pmlint/digest.json" in names
    assert not [name for name in names if not name.startswith(("pmlint/", "pmlint-"))]


def test_it_works_from_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    bin_folder = tmp_path / "venv" / "bin"
    _run(bin_folder / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    assert _run(bin_folder / "pmlint", "--version", cwd=tmp_path).stdout.startswith("pmlint, version ")
    digest = "from pmlint.data import read_digest as d; print(len(d()['rules']) > 100, 'made_from' in d())"
    assert _run(bin_folder / "python", "-I", "-c", digest, cwd=tmp_path).stdout == "True False\n"
    (tmp_path / "outage.md").write_text("# Outage\n\n## Timeline (UTC)\n\n- 15:33 a\n- 13:40 b\n", encoding="utf-8")
    done = _run(
        bin_folder / "pmlint", "check", "--select", "timeline/out-of-order", "outage.md", cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("outage.md:6:3: error: 13:40 comes after 15:33")
    assert _run(bin_folder / "pmlint", "test", cwd=tmp_path).returncode == 0
