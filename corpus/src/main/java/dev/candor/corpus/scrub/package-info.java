/** Whole files through the scrubber: their texts are replaced, their structure stays. */
@NullMarked
package dev.candor.corpus.scrub;

import org.jspecify.annotations.NullMarked;
