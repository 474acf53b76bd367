/** What changes while the load does not: slow drift, periodic spikes. */
@NullMarked
package dev.candor.analysis.drift;

import org.jspecify.annotations.NullMarked;
