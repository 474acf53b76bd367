/** From measured runs to the engine that would have given them. */
@NullMarked
package dev.candor.analysis.fit;

import org.jspecify.annotations.NullMarked;
