"""What every test shares: Hypothesis without deadlines, the same examples in every run of a CI machine, and Ctrl-C."""

import os
import signal

from hypothesis import settings

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if "CI" in os.environ else "local")

# A shell starts what runs in the background with Ctrl-C switched off, and programs started from here would inherit
# that: the tests that interrupt a program would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)
