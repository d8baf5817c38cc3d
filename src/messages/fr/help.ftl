# Help in French. In English it stands beside the definition of each option, in src/cli.
