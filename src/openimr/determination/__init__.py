"""From findings to a draft without an outcome; from a physician's decisions to a determination."""
