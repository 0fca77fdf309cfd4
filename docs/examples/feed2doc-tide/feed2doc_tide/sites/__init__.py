"""Site rules: the files beside this one."""
