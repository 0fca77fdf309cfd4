"""Site rules: schema, lookup and selectors."""
