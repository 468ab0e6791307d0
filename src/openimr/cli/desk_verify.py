"""``openimr desk verify``: a signed determination against the public key of the organization."""

from __future__ import annotations

from pathlib import Path

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import desk, module
from openimr.formats import read_json_file, read_text_file


@click.command(
    name="verify",
    help=(
        "Check that a determination is the one that was signed, and by which organization.\n\n"
        "FILE is a signed determination as the desk hands it out. The key is that of this desk, or the one "
        "in the file of --key: the key that stands in FILE itself proves nothing. The exit status is 3 "
        "where anything is wrong."
    ),
    epilog="Example: openimr desk verify determination.json --key signing.pub",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="The public key; that of this desk if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: what was found.")
def command(file: Path, key: Path | None, as_json: bool) -> int:
    """Check the signature and print what was found."""
    with desk():
        signing, keys = module("signing"), module("keys")
        signed = read_json_file(file, signing.SignedDetermination)
        if key is None:
            public = keys.signing_key().public_key()
        else:
            public = keys.read_public_key(read_text_file(key), name=key.name)
        found = signing.check(signed, public)
    if as_json:
        print_json_line({"is_sound": found.is_sound, **{n: getattr(found, n) for n in found.__slots__}})
    else:
        if found.case is not None:
            click.echo(f"Determination of case {found.case}, adopted on {found.adopted_on}.")
        for words in found.findings or ("The signature is good.",):
            click.echo(words)
    return 0 if found.is_sound else 3
