"""The mailbox on an Exchange Server."""

from secretariat.adapters.mail.exchange import doors_on
from secretariat.adapters.mail.exchange_line import ExchangeLine, SignIn
from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors


def open_doors(settings: Settings) -> Doors:
    """Return the doors to the watched address; nothing is asked of the server yet."""
    exchange, boxes, oauth = settings.exchange, settings.mailbox, settings.oauth
    sign_in = SignIn(
        exchange.sign_in,
        exchange.user,
        settings.secrets.mail_password,
        oauth.tenant,
        oauth.client,
        settings.secrets.mail_client_secret,
        oauth.token_url,
    )
    line = ExchangeLine(
        exchange.endpoint,
        settings.office.mailbox_address,
        sign_in,
        exchange.access == "impersonation",
        boxes.ca_file,
    )
    return doors_on(line, boxes.folders, by_category=boxes.filing == "categories")
