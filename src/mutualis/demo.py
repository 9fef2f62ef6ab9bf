DEFAULT_ROWS=1; DEFAULT_SEED=1; AS_OF=None
def generate(*a,**k): pass
