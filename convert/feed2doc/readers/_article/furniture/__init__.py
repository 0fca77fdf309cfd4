"""What belongs to the page around the text and is left out: lists of links, invitations, lines about the page."""
