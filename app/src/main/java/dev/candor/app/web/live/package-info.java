/**
 * Runs while they last, for any number of watchers: one reader of a run's logs, a history that does
 * not grow, and an event a second.
 */
@NullMarked
package dev.candor.app.web.live;

import org.jspecify.annotations.NullMarked;
