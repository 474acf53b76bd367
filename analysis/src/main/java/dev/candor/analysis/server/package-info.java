/** What the server told of itself, beside what the client saw. */
@NullMarked
package dev.candor.analysis.server;

import org.jspecify.annotations.NullMarked;
