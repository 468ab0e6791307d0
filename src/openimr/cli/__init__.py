"""One command a file: read arguments, call a room, print, map an error to an exit status."""
