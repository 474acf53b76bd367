/**
 * From what one replica was measured to do to the fleet that a peak needs, its quotas and its
 * money; docs/plan.md has the formulas. Pure functions: nothing here reads a file or simulates.
 */
@NullMarked
package dev.candor.analysis.plan;

import org.jspecify.annotations.NullMarked;
