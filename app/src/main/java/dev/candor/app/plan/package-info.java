/**
 * {@code candor plan}: reads the runs that a capacity plan is made from, finds the engine behind
 * them, and simulates the plan at its peak. The arithmetic is {@code dev.candor.analysis.plan}'s.
 */
@NullMarked
package dev.candor.app.plan;

import org.jspecify.annotations.NullMarked;
