"""What a theme is: the codebook's model, reading and checking it, and the bundled codebooks."""
