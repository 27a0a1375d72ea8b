#!/usr/bin/python3
"""Asks Python's email package what is wrong with messages, in any part and in any header.
usage: mime-defects.py MESSAGE.eml...
Prints a line for each defect; nothing when all is well."""
import sys
from email import policy
from email.parser import BytesParser

for file in sys.argv[1:]:
    message = BytesParser(policy=policy.default).parse(open(file, "rb"))
    for part in message.walk():
        for defect in part.defects:
            print(file, part.get_content_type(), repr(defect))
        for name, value in part.items():
            for defect in value.defects:
                print(file, name, repr(defect))
        if not part.is_multipart():
            try:
                part.get_content()
            except (LookupError, UnicodeError) as problem:
                print(file, part.get_content_type(), repr(problem))
