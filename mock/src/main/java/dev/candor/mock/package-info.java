/** The mock LLM service. */
@NullMarked
package dev.candor.mock;

import org.jspecify.annotations.NullMarked;
