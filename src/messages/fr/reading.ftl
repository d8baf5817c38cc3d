# Texts of the library.
