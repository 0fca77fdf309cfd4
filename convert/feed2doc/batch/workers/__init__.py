"""Worker processes and Dask clusters."""
