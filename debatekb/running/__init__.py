"""Running the whole system from one command: engines, web server, worker, beat; `supervisor` is the way in."""
