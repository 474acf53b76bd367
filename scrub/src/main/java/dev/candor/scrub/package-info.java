/** Finds personal data and secrets in texts and puts consistent pseudonyms in their place. */
@NullMarked
package dev.candor.scrub;

import org.jspecify.annotations.NullMarked;
