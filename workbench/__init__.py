"""The workbench: the screens and the command line over the engine ``claims``; thin, and never the other way round."""
