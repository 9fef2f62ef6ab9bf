"""Tables → figures: one palette, one number format. No Streamlit here."""
