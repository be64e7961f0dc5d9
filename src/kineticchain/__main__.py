"""``python -m kineticchain``."""

import sys

from kineticchain.commandline import main

if __name__ == "__main__":
    sys.exit(main())
