/**
 * The quota that a target enforces, from which requests it let pass and which it refused. Pure: no
 * clock, no traffic.
 */
@NullMarked
package dev.candor.analysis.quota;

import org.jspecify.annotations.NullMarked;
