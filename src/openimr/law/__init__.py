"""What the law says, as dated data, and the small code that reads it."""
