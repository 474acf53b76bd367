/** The candor command: where all rooms meet. */
@NullMarked
package dev.candor.app;

import org.jspecify.annotations.NullMarked;
