/** Runs that are started from the dashboard: what they will take, their processes, their end. */
@NullMarked
package dev.candor.app.web.start;

import org.jspecify.annotations.NullMarked;
