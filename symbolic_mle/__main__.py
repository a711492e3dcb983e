"""``python -m symbolic_mle`` is ``symbolic-mle``."""

import sys

from symbolic_mle.cli import main

sys.exit(main())
