/** Where the history of runs is, and what of a run goes into it (docs/history.md). */
@NullMarked
package dev.candor.app.history;

import org.jspecify.annotations.NullMarked;
