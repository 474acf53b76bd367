/** The only room that reads a clock: monotonic and wall time, timers, and their virtual twins. */
@NullMarked
package dev.candor.base.time;

import org.jspecify.annotations.NullMarked;
