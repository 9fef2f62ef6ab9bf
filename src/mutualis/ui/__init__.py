"""The screens: all that knows Streamlit. What is drawn is small: a few hundred rows, many steps on each."""

import pandas as pd

# On such frames Arrow's strings, the default, take twice the time of Python's at each step.
pd.set_option("mode.string_storage", "python")
