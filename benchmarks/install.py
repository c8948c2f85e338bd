"""Install glassgrad and its rivals, one by one: a rival that cannot be had here is a row that says so."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]

subprocess.run([*PIP, "--editable", f"{HERE.parent}[fast]"], check=True)
for line in (HERE / "requirements.txt").read_text().splitlines():
    requirement = line.partition("#")[0].strip()
    if requirement and subprocess.run([*PIP, requirement]).returncode:
        print(f"{requirement} could not be installed")
