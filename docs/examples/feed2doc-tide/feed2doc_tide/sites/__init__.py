"""Site rules: the TOML files in this folder."""
