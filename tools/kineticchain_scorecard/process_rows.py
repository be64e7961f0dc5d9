"""Rows that make the same plans in other processes: versions of Python, environments, memory."""

import os
import random  # noqa: TID251 - people of the second generator, from their seeds
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import kineticchain as kc
from kineticchain_scorecard.row import Figures, Size, number_of, texts_of
from kineticchain_scorecard.test_runs import ROOT

_FINGERPRINT = """
import hashlib, pathlib, sys
import kineticchain as kc
from kineticchain.interop import json
from kineticchain.testing.cases import read_case
recommender = kc.Recommender(kc.Knowledge.builtin())
digest = hashlib.sha256()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.toml")):
    case = read_case(path)
    plan = recommender.recommend(case.person, case.history, request=case.request, on=case.on)
    digest.update(json.dumps(plan).encode())
    digest.update(str(plan).encode())
print(digest.hexdigest())
"""
"""A program that prints a hash over the plans of all cases, as JSON and as text."""

_VERSION = "import sys; print(sys.version_info[:2])"

CASES = ROOT / "tests" / "cases"


def fingerprint(size: Size, profile: str) -> Figures:
    """Compare the plans of all cases over hash seeds and versions of Python.

    Args:
        size: `seeds`: how many hash seeds; `pythons`: versions besides the running version. A
            version that is not installed is counted as missing.
        profile: Unused.
    """
    del profile
    wanted = texts_of(size, "pythons")
    pythons = {sys.executable}
    with tempfile.TemporaryDirectory() as folder:
        missing = 0
        for version in wanted:
            python = _installed(version, Path(folder))
            if python is None:
                missing += 1
            else:
                pythons.add(str(python))
        versions = {_run(python, {}, program=_VERSION) for python in pythons}
        runs = [
            _run(python, {"PYTHONHASHSEED": str(seed)})
            for python in sorted(pythons)
            for seed in range(number_of(size, "seeds"))
        ]
    return {
        "runs": len(runs),
        "versions": len(versions),
        "versions_missing": missing,
        "fingerprints": len(set(runs)),
    }


def _installed(version: str, folder: Path) -> Path | None:
    """Return a Python of a version with the library installed; None if there is no such Python."""
    python = shutil.which(f"python{version}")
    if python is None:
        return None
    place = folder / version
    created = subprocess.run([python, "-m", "venv", place], capture_output=True, check=False)
    if created.returncode:
        return None
    venv_python = place / "bin" / "python"
    install = [str(venv_python), "-m", "pip", "install", "--quiet", str(ROOT)]
    subprocess.run(install, check=True, capture_output=True)
    return venv_python


def _run(
    python: str,
    environment: Mapping[str, str],
    options: tuple[str, ...] = (),
    program: str = _FINGERPRINT,
) -> str:
    """Run a program over the cases, and return what it prints.

    Raises:
        RuntimeError: If the program fails, or writes to standard error.
    """
    process = subprocess.run(
        [python, *options, "-c", program, str(CASES)],
        cwd=tempfile.gettempdir(),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode or process.stderr:
        raise RuntimeError(process.stderr[-2000:])
    return process.stdout


def environments(size: Size, profile: str) -> Figures:
    """Compare the plans of all cases between this environment and others.

    Args:
        size: `names`: the environments, keys of `_ENVIRONMENTS`.
        profile: Unused.
    """
    del profile
    names = texts_of(size, "names")
    usual = _run(sys.executable, {})
    differing = sum(_ENVIRONMENTS[name]() != usual for name in names)
    return {"environments": len(names), "differing": differing}


def _read_only() -> str:
    """Return the output from a read-only copy of the source, without bytecode."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "site"
        shutil.copytree(ROOT / "src", place, ignore=shutil.ignore_patterns("__pycache__"))
        for path in [*place.rglob("*"), place]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            return _run(sys.executable, {"PYTHONPATH": str(place)})
        finally:
            for path in [place, *place.rglob("*")]:
                path.chmod(0o755)


def _zipped() -> str:
    """Return the output with the package imported from a ZIP file."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "kineticchain.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for path in sorted((ROOT / "src" / "kineticchain").rglob("*")):
                if path.is_file() and path.suffix != ".pyc":
                    file.write(path, path.relative_to(ROOT / "src"))
        return _run(sys.executable, {"PYTHONPATH": str(archive)})


def _in_a_child(method: str) -> str:
    """Return the output with the plans made in a child process."""
    program = f"""
import multiprocessing, sys
program = {_FINGERPRINT!r}
if __name__ == "__main__":
    with multiprocessing.get_context({method!r}).Pool(1) as pool:
        pool.apply(exec, (program, {{"__name__": "child"}}))
"""
    return _run(sys.executable, {}, program=program)


def _frozen_time() -> str:
    """Return the output with a clock that `freezegun` stops."""
    program = "from freezegun import freeze_time\nfreeze_time('1999-12-31').start()\n"
    return _run(sys.executable, {}, program=program + _FINGERPRINT)


_ENVIRONMENTS: Mapping[str, Callable[[], str]] = {
    "optimised": lambda: _run(sys.executable, {}, ("-O",)),
    "warnings_as_errors": lambda: _run(sys.executable, {}, ("-W", "error")),
    "locale_c": lambda: _run(sys.executable, {"LC_ALL": "C", "LANG": "C"}),
    "cp1252": lambda: _run(sys.executable, {"PYTHONIOENCODING": "cp1252"}),
    "no_utf8_mode": lambda: _run(sys.executable, {"LC_ALL": "C"}, ("-X", "utf8=0")),
    "read_only": _read_only,
    "zipped": _zipped,
    "spawned": lambda: _in_a_child("spawn"),
    "forked": lambda: _in_a_child("fork"),
    "frozen_time": _frozen_time,
}


def memory(size: Size, profile: str) -> Figures:
    """Make plans for different people, and measure the peak memory of the process.

    The plans for the first quarter of the people fill the caches. Growth after them is a leak.

    Args:
        size: `people`: the number of people.
        profile: Unused.
    """
    del profile
    count = number_of(size, "people")
    sys.path.insert(0, str(ROOT / "tests" / "laws" / "independent"))
    from drawn_people import somebody, wish  # noqa: PLC0415 - from the folder above

    recommender = kc.Recommender(kc.Knowledge.builtin())
    peak_mb = []
    for number in range(count):
        rng = random.Random(number)  # noqa: S311 - no secret
        recommender.recommend(somebody(rng), request=wish(rng))
        if number in {count // 4, count - 1}:
            peak_mb.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"people": count, "peak_mb": peak_mb[-1], "growth_mb": round(peak_mb[-1] - peak_mb[0])}
