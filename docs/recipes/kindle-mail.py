"""Mail a book to a Kindle: kindle-mail.py BOOK

KINDLE_MAIL is the address of the Kindle. MAIL_FROM is your address, which must be in Amazon's "Approved Personal Document
E-mail List". SMTP_HOST and SMTP_PORT (587) are your provider's server, SMTP_USER and SMTP_PASSWORD your account there.
"""

import os
import smtplib
import sys
from email.message import EmailMessage
from pathlib import Path

if missing := [name for name in ("KINDLE_MAIL", "MAIL_FROM", "SMTP_HOST") if not os.environ.get(name)]:
    sys.exit(f"{', '.join(missing)}: not set: see the beginning of {__file__}")
book = Path(sys.argv[1])
mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"] = os.environ["MAIL_FROM"], os.environ["KINDLE_MAIL"], book.stem
mail.set_content(book.name)
mail.add_attachment(book.read_bytes(), maintype="application", subtype="epub+zip", filename=book.name)
with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ.get("SMTP_PORT", "587")), timeout=60) as server:
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls()
    if user := os.environ.get("SMTP_USER"):
        server.login(user, os.environ["SMTP_PASSWORD"])
    server.send_message(mail)
