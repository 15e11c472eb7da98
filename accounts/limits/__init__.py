"""Rate limits, the counters behind them, and limits of what is open at a time."""
