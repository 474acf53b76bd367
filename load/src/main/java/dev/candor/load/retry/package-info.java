/**
 * Whether and when a failed attempt is followed by another: pure decisions on the scheduler's time,
 * one {@link dev.candor.load.retry.RetryPolicy} a loop. Who sends the attempts is the driver.
 */
@NullMarked
package dev.candor.load.retry;

import org.jspecify.annotations.NullMarked;
