"""Network access: connections to public addresses only, with retries and limits. No other module opens connections."""
