"""Mutualis: test the territorial pooling of State purchasing.

sources (files as found) → load (raw rows to the validated spend table) → warehouse (one DuckDB file per version)
→ queries (one function per SQL file) → scenario (the pooling model, pure numpy) → figures → pages.
Each layer hands plain values to the next and knows nothing of the one after.
Only ``app.py``, ``pages/`` and ``mutualis.ui`` know Streamlit; ``docs/architecture.md`` draws the whole.
"""
