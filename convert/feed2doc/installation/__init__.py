"""What feed2doc stands on: packages, programs, fonts and folders, whether they are there, and how to get them."""
