"""The dashboard's charts: plain numbers in, an Altair chart or the words of a table out.

No Streamlit, no store. Each file is one of these:

    paper       colours and type, as style.css has them, so that a chart is light or dark with the page
    bars        how many of each: verdicts, confidence, ages; how far each article has come; who did what
    months      agreement over time
    story       one figure by date, as each article tells it
    tables      the same numbers as a table that a screen reader reads
    words       a rate, or why there is none
    told        the numbers as sentences, bars and tables
"""
