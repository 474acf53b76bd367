/** A prediction beside what was measured. */
@NullMarked
package dev.candor.analysis.against;

import org.jspecify.annotations.NullMarked;
