"""What strangers can put in front of pmlint, mutated without end: `python -m fuzz`, from a clone."""
