"""The network: connections to public addresses only, with tries and limits. Nothing else here opens one."""
