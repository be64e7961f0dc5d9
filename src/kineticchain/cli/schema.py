"""``schema``: the JSON Schema of a document, for editors and other programs."""

import argparse
import json

from kineticchain.cli.commands import Commands, Document, add_packs, knowledge_of
from kineticchain.interop.schemas.schema import SCHEMAS, json_schema, schema_text


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("schema", help="the JSON Schema of a document")
    parser.add_argument("document", choices=[*SCHEMAS, "case"], help="which document")
    parser.add_argument("--ids", action="store_true", help="offer the ids of the knowledge")
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return the schema as JSON.

    Args:
        options: `document` names the document. With `ids`, or with packs in `pack`, the schema
            offers all ids that the built-in knowledge and the packs define.
    """
    knowledge = knowledge_of(options) if options.ids or options.pack else None
    if options.document == "case":
        from kineticchain.testing.cases.case import Case  # noqa: PLC0415 - for this document alone

        return Document(json.dumps(json_schema(Case, knowledge), indent=1))
    return Document(schema_text(options.document, knowledge).rstrip())
