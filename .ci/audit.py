"""`make audit`: known vulnerabilities in the locked dependencies, by pip-audit.

Exits with 1 if there are any, or if the advisory database is only reached for some. Where it cannot
be reached at all, it says so, as that is no finding.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_COMMAND = ["-m", "pip_audit", "--requirement", str(ROOT / "requirements.txt")]
_OPTIONS = ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]


def main() -> int:
    run = subprocess.run(
        [sys.executable, *_COMMAND, *_OPTIONS], capture_output=True, text=True, check=False
    )
    try:
        found = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        found = []
    audited = [dependency for dependency in found if "vulns" in dependency]
    if not audited:
        print("Nothing was audited: the advisory database cannot be reached from here.")
        return 0
    vulnerable = [dependency for dependency in audited if dependency["vulns"]]
    for dependency in vulnerable:
        for vulnerability in dependency["vulns"]:
            fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
            name = f"{dependency['name']} {dependency['version']}"
            print(f"{name}: {vulnerability['id']}, fixed in {fixed}")
    print(f"{len(audited)} of {len(found)} dependencies audited, {len(vulnerable)} vulnerable.")
    return int(bool(vulnerable) or len(audited) < len(found))


if __name__ == "__main__":
    sys.exit(main())
