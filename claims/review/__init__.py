"""Review: how far two readings agree, what belongs on a meeting's agenda and why, and the minutes of what it decided.

Each file is one of these and knows no database and no screen:

    coefficients    percent agreement, Cohen's kappa, Krippendorff's alpha and its interval, of counted labels
    agreement       the same for pairs of readings: by scale, by pair of readers, over time
    rules           why a claim belongs on the agenda, as data that a desk reads and changes; agenda.toml is what ships
    opposed         claims that say the same of different amounts
    agenda          rows of the claims table and such rules  ->  the meeting's items, in order
    minutes         what a meeting decided, as plain records; claims/export/minutes.py writes them out

Nothing here judges a claim; the agenda says only what people should look at.
"""
