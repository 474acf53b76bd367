/** The candor command. */
@NullMarked
package dev.candor.app;

import org.jspecify.annotations.NullMarked;
