/** The load generator. */
@NullMarked
package dev.candor.load;

import org.jspecify.annotations.NullMarked;
