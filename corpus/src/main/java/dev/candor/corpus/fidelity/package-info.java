/** How like production some traffic is, part by part, and what to change for it to be more so. */
@NullMarked
package dev.candor.corpus.fidelity;

import org.jspecify.annotations.NullMarked;
