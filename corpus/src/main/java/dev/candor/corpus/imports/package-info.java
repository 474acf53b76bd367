/**
 * Makes a corpus of sources: counts, fingerprints and stages requests as they come, then finds
 * their conversations and writes them in order. Memory does not grow with the sources.
 */
@NullMarked
package dev.candor.corpus.imports;

import org.jspecify.annotations.NullMarked;
