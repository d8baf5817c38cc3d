# What breaks around griot, and what to do about it.

failure-internal = internal error at { $place }: { $words }; run `griot check --deep` to see whether the index is damaged; if it is not, please report this as a bug of griot
failure-no-space = ; free some space and run it again: what the last run committed is intact
failure-no-permission = ; ask for permission to write there, or choose another folder with --index DIR
failure-no-threads = ; quit other programs, or raise the limits on threads and memory (ulimit -u, ulimit -v)
