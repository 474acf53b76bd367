/**
 * Finds personal data and secrets in texts and puts consistent pseudonyms in their place. One pass
 * over the characters meets cheap triggers (a sign, a digit, a known word); a detector a kind then
 * looks closer, at that place alone. What a kind looks like and what replaces it stand side by
 * side.
 */
@NullMarked
package dev.candor.scrub;

import org.jspecify.annotations.NullMarked;
