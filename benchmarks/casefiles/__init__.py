"""Case files of any size whose every page is known."""
