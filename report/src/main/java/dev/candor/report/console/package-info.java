/** What a terminal shows: the run while it lasts, and its figures. */
@NullMarked
package dev.candor.report.console;

import org.jspecify.annotations.NullMarked;
