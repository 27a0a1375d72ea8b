#!/usr/bin/python3
"""Asks dkimpy about every signature of a message, not only the first; no DNS needed.
usage: dkimpy-all.py RECORDS MESSAGE.eml...
RECORDS: a line of "NAME RECORD" for each public key. Prints "pass|fail FILE NUMBER" for each signature."""
import sys

import dkim

records = dict(line.rstrip("\n").split(" ", 1) for line in open(sys.argv[1]))


def answer(name, timeout=5):
    name = name if isinstance(name, str) else name.decode()
    record = records.get(name.rstrip("."))
    return record.encode() if record else None


for file in sys.argv[2:]:
    message = open(file, "rb").read()
    for number in range(message.split(b"\r\n\r\n")[0].count(b"\r\nDKIM-Signature:")):
        try:
            good = dkim.DKIM(message).verify(idx=number, dnsfunc=answer)
        except dkim.DKIMException as problem:
            good = False
            print(repr(problem))
        print("pass" if good else "fail", file, number)
