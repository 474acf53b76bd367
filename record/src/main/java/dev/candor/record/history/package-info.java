/**
 * The history of runs: a catalogue in a file of its own, of runs that lie wherever they lie
 * (docs/history.md). It keeps figures, so that a run's directory may go and its figures stay.
 */
@NullMarked
package dev.candor.record.history;

import org.jspecify.annotations.NullMarked;
