"""`python -m hemicycle` is the command `hemicycle`."""

import sys

from hemicycle.cli import main

sys.exit(main())
