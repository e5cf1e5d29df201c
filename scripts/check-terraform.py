"""Parses the Terraform files and the hcl blocks of the documentation. Needs python-hcl2.

usage: check-terraform.py FOLDER
"""

import pathlib
import re
import sys

import hcl2

folder = pathlib.Path(sys.argv[1])
texts = {str(file): file.read_text() for file in sorted(folder.rglob("*.tf"))}
for page in sorted(folder.rglob("*.md")):
    for number, block in enumerate(re.findall(r"```hcl\n(.*?)```", page.read_text(), re.S), 1):
        texts[f"{page}, block {number}"] = block
if not texts:
    sys.exit(f"{folder}: no Terraform found")
for name, text in texts.items():
    try:
        hcl2.loads(text)
    except Exception as error:
        sys.exit(f"{name}: {error}")
print(f"{len(texts)} Terraform texts parsed")
