"""The pooling model: plain values in, plain values out; no file, no database, no screen.

``Cells`` (spend, from queries) + ``Levers`` (from ``levers.py``) + overrides → ``simulate`` → ``Result``.

Formulas, one module each: ``discount`` (F2-F5b), ``one_curve`` (F6), ``alignment`` (F7), ``timing`` (F9, F10),
``costs`` (F8, F11), ``category`` (F12, one category end to end), ``fragmentation`` (F13), ``guardrail`` (F14),
``uncertainty`` (F15), ``contributions`` (F16), ``selection`` (F17), ``exit_clause`` (F19). The screen's engine, over all segments
at once: ``cells``, ``hypotheses``, ``membership``, ``pooling``, ``engine``, then what is built upon it.
"""
