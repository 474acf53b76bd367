/** A figure from run to run over weeks: where it changed. Pure functions. */
@NullMarked
package dev.candor.analysis.history;

import org.jspecify.annotations.NullMarked;
