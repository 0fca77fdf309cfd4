"""What belongs to the template of a page: rows of links and buttons, contents."""
