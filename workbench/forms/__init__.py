"""The forms of the screens: one file a task. Each draws itself, keeps what is typed, and ends in one verb of the engine."""
