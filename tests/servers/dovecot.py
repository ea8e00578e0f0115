"""A real Dovecot on loopback: its own configuration, ports, folders and users, gone afterwards."""

from __future__ import annotations

import imaplib
import json
import os
import re
import smtplib
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.servers import programs
from tests.servers.certificates import Certificates, make_certificates

HERE = "127.0.0.1"
PASSWORD = "Anytown 1234"
NEWCOMERS = 500
A_CROWD = 50
WITHIN = 10.0

CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
auth_username_format = %n
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{chain}
ssl_key = <{key}
mail_location = maildir:~/Maildir
mail_fsync = never
mail_plugins = quota
{capability}
passdb {{
  driver = passwd-file
  args = {home}/users
  mechanisms = plain login
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/oauth2
}}
userdb {{
  driver = passwd-file
  args = {home}/users
  default_fields = uid={uid} gid={gid} home={home}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
}}
plugin {{
  quota = maildir:User quota
}}
protocol imap {{
  mail_plugins = quota imap_quota
  mail_max_userip_connections = 50
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service imap {{
  service_count = 50
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
OAUTH2 = """
introspection_mode = get
introspection_url = http://127.0.0.1:{port}/introspect?token=
username_attribute = sub
active_attribute = active
active_value = true
"""


@dataclass
class Dovecot:
    """One running Dovecot; every user of it has a mailbox of his own.

    tokens: which token signs which user in
    """

    home: Path
    certificates: Certificates
    imap: int = field(default_factory=programs.a_free_port)
    imaps: int = field(default_factory=programs.a_free_port)
    lmtp: int = field(default_factory=programs.a_free_port)
    tokens: dict[str, str] = field(default_factory=dict)
    _users: dict[str, str] = field(default_factory=dict)
    _newcomers: Iterator[str] = field(default_factory=lambda: iter(()))
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["/usr/sbin/dovecot", "-F", "-c", str(self.home / "dovecot.conf")]
        self._process = programs.start(command, self.home, self.imap, self.imaps, self.lmtp)

    def stop(self) -> None:
        if self._process is not None:
            programs.stop(self._process)
            self._process = None
            (self.home / "run" / "master.pid").unlink(missing_ok=True)

    def add_user(self, name: str, *, password: str = PASSWORD, storage_kb: int = 0) -> None:
        """Let a user in, or change the password or how much fits into the mailbox.

        Dovecot looks at its users once a second, so this returns when it has.
        """
        rule = f"userdb_quota_rule=*:storage={storage_kb}K" if storage_kb else ""
        self._users[name] = f"{name}:{{PLAIN}}{password}::::::{rule}\n"
        self._write_users()
        until = time.monotonic() + WITHIN
        while not self._lets_in(name) and time.monotonic() < until:
            time.sleep(0.1)

    def newcomer(self) -> str:
        """Return a user with an empty mailbox, whom Dovecot has known from the start."""
        return next(self._newcomers)

    def _write_users(self) -> None:
        fresh = self.home / "users.new"
        fresh.write_text("".join(self._users.values()))
        programs.belongs(fresh)
        fresh.rename(self.home / "users")

    def _lets_in(self, name: str) -> bool:
        try:
            with self.person(name):
                return True
        except imaplib.IMAP4.error:
            return False

    def _expect(self) -> None:
        names = [f"dhr{number}" for number in range(1, NEWCOMERS + 1)]
        self._users = {name: f"{name}:{{PLAIN}}{PASSWORD}::::::\n" for name in names}
        self._newcomers = iter(names)
        self._write_users()

    def deliver(self, user: str, *raws: bytes) -> None:
        """Let mails arrive as the next mail server brings them, a crowd of them as files."""
        with smtplib.LMTP(HERE, self.lmtp, timeout=30) as line:
            for raw in raws[:A_CROWD]:
                line.sendmail("sender@anyshire.gov.uk", [f"{user}@homeoffice.example"], raw)
        for number, raw in enumerate(raws[A_CROWD:]):
            self.put(user, raw, time.time(), number)

    def put(self, user: str, raw: bytes, moment: float, number: int = 0) -> None:
        """Let a mail lie in the inbox as of a moment, in seconds since 1970."""
        file = self.maildir(user) / "tmp" / f"{int(time.time())}.{number}.anytown"
        file.write_bytes(raw)
        programs.belongs(file)
        os.utime(file, (moment, moment))
        file.rename(self.maildir(user) / "new" / file.name)

    @contextmanager
    def person(self, user: str) -> Iterator[imaplib.IMAP4]:
        """Sit down at a mail program."""
        line = imaplib.IMAP4(HERE, self.imap, timeout=30)
        try:
            password = self._users[user].partition("{PLAIN}")[2].partition(":")[0]
            line.login(user, password)
            yield line
        finally:
            line.shutdown()

    def maildir(self, user: str, folder: str = "INBOX") -> Path:
        """Return where a folder lies on the disk."""
        inbox = self.home / "mail" / user / "Maildir"
        return inbox if folder == "INBOX" else inbox / f".{folder}"

    def files(self, user: str, folder: str = "INBOX") -> list[Path]:
        """Return the messages' files, the oldest first."""
        where = self.maildir(user, folder)
        found = [path for part in ("new", "cur") for path in (where / part).glob("*")]
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))

    def lose_validity(self, user: str, folder: str = "INBOX") -> None:
        """Number a folder anew, as after it was restored from a backup."""
        where = self.maildir(user, folder)
        numbers = where / "dovecot-uidlist"
        head, _, rest = numbers.read_text().partition("\n")
        validity = int(re.findall(r"V(\d+)", head)[0])
        fresh = numbers.with_name("dovecot-uidlist.fresh")
        fresh.write_text(head.replace(f"V{validity}", f"V{validity + 1}") + "\n" + rest)
        programs.belongs(fresh)
        fresh.rename(numbers)
        for index in where.glob("dovecot.index*"):
            index.unlink()

    def told(self) -> str:
        """Return Dovecot's log."""
        log = self.home / "log"
        return log.read_text() if log.exists() else ""


@contextmanager
def running_dovecot(
    *, capability: str = "", separator: str = "/", prefix: str = ""
) -> Iterator[Dovecot]:
    """Run Dovecot; capability: what it says that it can, "" for all that it can."""
    with programs.a_home("dovecot-") as home:
        (home / "certificates").mkdir()
        dovecot = Dovecot(home, make_certificates(home / "certificates"))
        for path in (home / "certificates").iterdir():
            programs.belongs(path)
        (home / "mail").mkdir()
        programs.belongs(home / "mail")
        dovecot._expect()
        with _introspection(dovecot.tokens) as port:
            (home / "oauth2").write_text(OAUTH2.format(port=port))
            user = programs.runner()
            (home / "dovecot.conf").write_text(
                CONFIG.format(
                    home=home,
                    user=user.pw_name,
                    group=programs.group_name(),
                    uid=user.pw_uid,
                    gid=user.pw_gid,
                    chain=dovecot.certificates.chain,
                    key=dovecot.certificates.key,
                    capability=f"imap_capability = {capability}" if capability else "",
                    separator=separator,
                    prefix=prefix,
                    imap=dovecot.imap,
                    imaps=dovecot.imaps,
                    lmtp=dovecot.lmtp,
                )
            )
            dovecot.start()
            try:
                yield dovecot
            finally:
                dovecot.stop()


@contextmanager
def _introspection(tokens: dict[str, str]) -> Iterator[int]:
    """Answer whose token it is, as a directory does (RFC 7662)."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
            known = tokens.get(token)
            told = json.dumps({"active": "true", "sub": known} if known else {"active": "false"})
            self.send_response(200 if known else 401)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HERE, 0), Answer)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
