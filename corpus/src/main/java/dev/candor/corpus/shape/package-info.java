/**
 * What traffic looks like: its distributions, bursts and shared prefixes, in one pass over requests
 * that hold no text.
 */
@NullMarked
package dev.candor.corpus.shape;

import org.jspecify.annotations.NullMarked;
