"""An invented school: what it holds, what an app was sent, what the app keeps, and the faults planted in it."""
