"""The mailbox on an IMAP server; mail leaves through an SMTP server."""

from secretariat.adapters.mail.imap import ImapMailbox
from secretariat.adapters.mail.imap_line import ImapLine
from secretariat.adapters.mail.imap_server import ImapServer
from secretariat.adapters.mail.imap_source import sent_source
from secretariat.adapters.mail.smtp import SmtpOutbox
from secretariat.adapters.mail.smtp_server import SmtpServer
from secretariat.adapters.mail.tokens import OUTLOOK_SCOPE, Application, Tokens
from secretariat.adapters.mail.wires import Wires
from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors


def open_doors(settings: Settings) -> Doors:
    """Return the doors; nothing is asked of a server yet.

    Mailbox and outbox have connections of their own: what leaves waits for no look.
    """
    imap, boxes = settings.imap, settings.mailbox
    server = _server(settings)
    mailbox = ImapMailbox(
        server, imap.inbox, boxes.folders, by_category=boxes.filing == "categories"
    )
    line = ImapLine(_server(settings))
    outbox = SmtpOutbox(_smtp(settings), line, imap.sent, imap.drafts, imap.server_keeps_sent)
    return Doors(mailbox, outbox, sent_source(line, imap.sent))


def _server(settings: Settings) -> ImapServer:
    imap = settings.imap
    return ImapServer(
        imap.host,
        imap.port,
        imap.encryption,
        _user(settings),
        settings.secrets.mail_password,
        tokens=_tokens(settings) if imap.sign_in == "oauth" else None,
        wires=Wires(settings.mailbox.ca_file),
    )


def _smtp(settings: Settings) -> SmtpServer:
    smtp = settings.smtp
    user = "" if smtp.sign_in == "none" else smtp.user or _user(settings)
    return SmtpServer(
        smtp.host,
        smtp.port,
        smtp.encryption,
        user,
        settings.secrets.mail_password,
        tokens=_tokens(settings) if smtp.sign_in == "oauth" else None,
        wires=Wires(settings.mailbox.ca_file),
    )


def _user(settings: Settings) -> str:
    return settings.imap.user or settings.office.mailbox_address


def _tokens(settings: Settings) -> Tokens:
    oauth = settings.oauth
    application = Application(
        oauth.client,
        settings.secrets.mail_client_secret,
        OUTLOOK_SCOPE,
        tenant=oauth.tenant,
        token_url=oauth.token_url,
    )
    return Tokens(application, settings.mailbox.ca_file)
