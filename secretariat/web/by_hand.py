"""What staff wrote by hand from the mailbox: one mail as the register keeps it."""

from flask import Blueprint, Response, abort, render_template

from secretariat.web.asking import download, eyes

pages = Blueprint("by_hand", __name__)

GONE = "The bytes of this mail are not kept"


@pages.get("/by-hand/<int:number>")
def written(number: int) -> str:
    """Show one mail that staff wrote by hand."""
    with eyes() as register:
        mail = register.written_by_hand(number)
    return render_template("review/by_hand.html", mail=mail)


@pages.get("/by-hand/<int:number>/mail.eml")
def whole_mail(number: int) -> Response:
    """Hand out the mail as it lies in Sent."""
    with eyes() as register:
        mail = register.written_by_hand(number)
    if mail.purged:
        abort(403, description=GONE)
    return download(mail.raw, f"by-hand-{number}.eml")
