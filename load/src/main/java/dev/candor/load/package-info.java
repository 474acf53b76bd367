/** The load generator: one event loop's thread for every user, connection and record. */
@NullMarked
package dev.candor.load;

import org.jspecify.annotations.NullMarked;
