/** Whether a figure is the server's or our own: the client's view of itself. */
@NullMarked
package dev.candor.load.health;

import org.jspecify.annotations.NullMarked;
