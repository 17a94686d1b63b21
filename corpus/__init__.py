"""From file to passage: readers, layout analysis, segmentation, metadata, and the store of documents."""
