"""``schema``: the JSON Schema of a document, for editors and other programs."""

import argparse

from kineticchain.cli.commands import Commands, Document
from kineticchain.interop.schemas.schema import SCHEMAS, schema_text


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("schema", help="the JSON Schema of a document")
    parser.add_argument("document", choices=list(SCHEMAS), help="which document")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return the schema as JSON."""
    return Document(schema_text(options.document).rstrip())
