"""`python -m simulator` does what the command `simulator` does."""

import sys

from simulator.cli import main

if __name__ == "__main__":
    sys.exit(main())
