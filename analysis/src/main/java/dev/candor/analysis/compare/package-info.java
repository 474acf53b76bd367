/**
 * What has changed from one run to another, and how sure that is (docs/compare.md): figures with
 * intervals that know how requests of a run depend on each other, and verdicts that hold for all of
 * them together. Pure functions, of records alone.
 */
@NullMarked
package dev.candor.analysis.compare;

import org.jspecify.annotations.NullMarked;
