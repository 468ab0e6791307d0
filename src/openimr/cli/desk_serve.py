"""``openimr desk serve``: the pages, served until somebody stops it."""

from __future__ import annotations

import click

from openimr.cli.show import print_json_line
from openimr.desk.running import serve


@click.command(
    name="serve",
    help=(
        "Serve the desk: the web application in which an organization runs its cases.\n\n"
        "The database is the one of DATABASE_URL, or a PostgreSQL server that is started in the data "
        "folder (OPENIMR_DATA) and stopped at the end. OPENIMR_ADDRESS is the address that people type; "
        "with https in it cookies are sent over https alone. Work in the background is done by "
        "openimr desk worker."
    ),
    epilog="Example: openimr desk serve --port 8000",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="Serving processes.")
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1), help="Requests at once, each."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object when it is ready.")
def command(host: str, port: int, processes: int, threads: int, as_json: bool) -> None:
    """Serve the pages."""

    def ready() -> None:
        if as_json:
            print_json_line({"host": host, "port": port, "ready": True})

    say = (lambda _: None) if as_json else click.echo
    serve(say, host=host, port=port, processes=processes, threads=threads, on_ready=ready)
