/** Small corpora that look like large ones. */
@NullMarked
package dev.candor.corpus.sample;

import org.jspecify.annotations.NullMarked;
