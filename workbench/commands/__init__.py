"""The commands, one file a theme. What a command needs is imported where it is needed, so that help waits for nothing."""
