/** Wire dialects, both directions. */
@NullMarked
package dev.candor.protocol;

import org.jspecify.annotations.NullMarked;
