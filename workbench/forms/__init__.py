"""The forms of the desk's right-hand pane: one file a task. Each draws itself and does one thing to the claim in hand."""
