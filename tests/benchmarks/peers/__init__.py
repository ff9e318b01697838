"""The workbench beside Label Studio and doccano: the same work for all three, in one run on one machine.

    python -m tests.benchmarks.peers [--sizes 1000,10000,100000] [--only workbench,labelstudio,doccano] [--folder F] [--out FILE.md]

Each program gets an environment of its own, from the registry of packages, made once and used again. Everything runs on
SQLite and listens on 127.0.0.1 alone. What could not be measured says why in its cell; no row is left out.

    environment   what is installed, and what it takes on the disk
    running       the processes of a program: begun, watched, ended, killed
    program       what each of the three is asked to do
    workbench     the three
    labelstudio
    doccano
    writing       people who write, each in a process of their own
    hostile       cells that break tables
    steps         the work, step by step
    table         the rows
"""
