"""What those who run the system see of it: health, metrics, logs."""
