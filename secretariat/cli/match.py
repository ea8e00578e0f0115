"""`secretariat match`: which partnership a name as written stands for."""

import click

from secretariat.cli.answers import Answer, Exit, answer_all
from secretariat.domain.matching import Match, Matcher, MatchOutcome
from secretariat.office.lookup import open_matcher


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def match(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Say which partnership a NAME stands for ("-" reads names from standard input).

    NAME is a partnership, a council or an e-mail domain, as somebody wrote it.
    """
    matcher = open_matcher()
    ctx.exit(answer_all(names, lambda name: _answer(matcher, name), as_json=as_json))


def _answer(matcher: Matcher, name: str) -> Answer:
    found = matcher.match(name)
    return as_json_of(found), Exit.DONE if found.outcome is MatchOutcome.MATCH else Exit.NO


def as_json_of(found: Match) -> dict[str, object]:
    """Return the match as `--json` prints it."""
    return {
        "outcome": found.outcome.value,
        "csp_id": found.csp_ids[0] if found.csp_ids else None,
        "csp": found.csp or None,
        "council_ids": list(found.council_ids),
        "pfa_codes": list(found.pfa_codes),
        "pfas": list(found.pfas),
        "copy_to": list(found.copy_to),
        "why": found.why,
        "candidates": [
            {"csp_id": one.csp_id, "csp": one.csp, "why": one.why} for one in found.candidates
        ],
    }
