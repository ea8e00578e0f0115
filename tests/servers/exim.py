"""A real Exim on loopback: mail for the world is kept in a folder, mail for us goes to Dovecot."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import programs
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD

EXIM = "/usr/sbin/exim4"
TOKEN = "token-0"

CONFIG = r"""
primary_hostname = mail.homeoffice.example
spool_directory = {home}/spool
log_file_path = {home}/%slog
pid_file_path = {home}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {plain} : {tls}
tls_on_connect_ports = {tls}
tls_advertise_hosts = *
tls_certificate = {chain}
tls_privatekey = {key}
exim_user = {user}
exim_group = {group}
deliver_drop_privilege = true
keep_environment =
add_environment = PATH=/usr/bin
host_lookup =
rfc1413_query_timeout = 0s
smtp_enforce_sync = false
smtp_accept_max = 100
smtp_accept_max_per_connection = 1000
message_size_limit = {largest}M
acl_smtp_mail = to_send
acl_smtp_rcpt = to_receive
acl_smtp_data = whole
queue_only = {queue_only}

begin acl

to_send:
  deny condition = ${{if exists{{{home}/closed}}}}
       message = 5.7.0 sending is switched off
  defer condition = ${{if exists{{{home}/busy}}}}
       message = 4.3.2 busy
  accept authenticated = *
  accept condition = ${{if exists{{{home}/open}}}}
  deny message = 5.7.0 sign in first

to_receive:
  deny local_parts = nobody : refused
       message = 5.1.1 no such mailbox as $local_part@$domain
  defer local_parts = full
       message = 450 4.2.2 mailbox of $local_part@$domain is full
  accept

whole:
  deny condition = ${{if match{{$h_subject:}}{{Unwanted}}}}
       message = 5.7.1 it looks like advertising
  defer condition = ${{if match{{$h_subject:}}{{Later}}}}
       message = 4.3.0 not now
  accept

begin routers

ours:
  driver = accept
  domains = homeoffice.example
  transport = dovecot

world:
  driver = accept
  transport = kept

begin transports

dovecot:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  port = {lmtp}
  allow_localhost
  hosts_override

kept:
  driver = appendfile
  directory = {home}/world
  maildir_format
  user = {user}
  delivery_date_add = false
  envelope_to_add
  return_path_add

begin retry
* * F,2h,1m

begin rewrite

begin authenticators

PLAIN:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{${{readfile{{{home}/password}}}}}}}}
  server_set_id = someone

LOGIN:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if eq{{$auth2}}{{${{readfile{{{home}/password}}}}}}}}
  server_set_id = someone

XOAUTH2:
  driver = plaintext
  public_name = XOAUTH2
  server_prompts = :
  server_condition = ${{if match{{$auth1}}{{Bearer {token}}}}}
  server_set_id = someone
"""


@dataclass
class Exim:
    """One running Exim; plain: the port with STARTTLS, tls: the one that begins with TLS."""

    home: Path
    certificates: Certificates
    plain: int = field(default_factory=programs.a_free_port)
    tls: int = field(default_factory=programs.a_free_port)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [EXIM, "-C", str(self.home / "exim.conf"), "-bdf", "-q1h"]
        self._process = programs.start(command, self.home, self.plain, self.tls)

    def stop(self) -> None:
        if self._process is not None:
            programs.stop(self._process)
            self._process = None

    def set_password(self, password: str) -> None:
        fresh = self.home / "password.new"
        fresh.write_text(password)
        programs.belongs(fresh)
        fresh.rename(self.home / "password")

    @contextmanager
    def marked(self, mark: str) -> Iterator[None]:
        """Let it be "open" to all, "closed" to all or too "busy", for a while."""
        (self.home / mark).write_text("")
        try:
            yield
        finally:
            (self.home / mark).unlink()

    def left(self) -> list[Path]:
        """Return the files of what left for the world, the oldest first."""
        found = (self.home / "world" / "new").glob("*")
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))

    def busy(self) -> bool:
        """Say whether mail waits to be delivered."""
        return any((self.home / "spool" / "input").glob("*-H"))

    def told(self) -> str:
        """Return Exim's log."""
        return "".join(path.read_text() for path in self.home.glob("*log"))


@contextmanager
def running_exim(
    certificates: Certificates, lmtp: int = 0, *, queue_only: bool = False, largest: int = 60
) -> Iterator[Exim]:
    """Run Exim; lmtp: Dovecot's port; largest: the largest message in MB."""
    user = programs.runner()
    with programs.a_home("exim-") as home:
        exim = Exim(home, certificates)
        (home / "exim.conf").write_text(
            CONFIG.format(
                home=home,
                user=user.pw_name,
                group=programs.group_name(),
                chain=certificates.chain,
                key=certificates.key,
                plain=exim.plain,
                tls=exim.tls,
                lmtp=lmtp or 1,
                token=TOKEN,
                queue_only=str(queue_only).lower(),
                largest=largest,
            )
        )
        exim.set_password(PASSWORD)
        exim.start()
        try:
            yield exim
        finally:
            exim.stop()
