"""The command line: options are parsed here, questions go to ``assent.api``, answers are printed. It holds no logic."""
