"""The mailbox in Microsoft 365."""

from secretariat.adapters.mail.graph import doors_on
from secretariat.adapters.mail.graph_line import GraphLine
from secretariat.adapters.mail.tokens import GRAPH_SCOPE, Application, Tokens
from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors


def open_doors(settings: Settings) -> Doors:
    """Return the doors to the watched address; raise MailboxUnusable for a useless `ca_file`."""
    boxes, oauth = settings.mailbox, settings.oauth
    application = Application(
        oauth.client,
        settings.secrets.mail_client_secret,
        GRAPH_SCOPE,
        tenant=oauth.tenant,
        token_url=oauth.token_url,
    )
    line = GraphLine(
        settings.graph.endpoint,
        settings.office.mailbox_address,
        Tokens(application, boxes.ca_file),
        boxes.ca_file,
    )
    return doors_on(line, boxes.folders, by_category=boxes.filing == "categories")
