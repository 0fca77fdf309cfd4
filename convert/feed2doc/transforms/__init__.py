"""What happens between reading and writing: small steps from documents to documents, or to a book."""
