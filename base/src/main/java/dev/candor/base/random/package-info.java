/** Seeded randomness: one seed a run, a stream of its own for every consumer, derived by name. */
@NullMarked
package dev.candor.base.random;

import org.jspecify.annotations.NullMarked;
