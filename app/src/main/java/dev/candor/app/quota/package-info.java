/**
 * {@code candor quota}: finds the quota that a target enforces by asking it, and drives a retry
 * policy against it. What is asked runs on a scheduler and a transport, real or simulated; what it
 * means is found by {@code analysis.quota}.
 */
@NullMarked
package dev.candor.app.quota;

import org.jspecify.annotations.NullMarked;
