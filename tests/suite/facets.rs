//! Facets, counts and timelines: what they count, what they look like, what is told of faulty queries.
