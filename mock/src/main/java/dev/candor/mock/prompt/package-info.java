/** What a prompt is to an engine: tokens, and the hash chain of its full blocks. */
@NullMarked
package dev.candor.mock.prompt;

import org.jspecify.annotations.NullMarked;
