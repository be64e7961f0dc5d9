"""``python -m kineticchain``."""

import sys

from kineticchain.cli import main

if __name__ == "__main__":
    sys.exit(main())
