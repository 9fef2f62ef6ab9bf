"""Files that leave the app: workbooks."""
