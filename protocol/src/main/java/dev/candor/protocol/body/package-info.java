/**
 * What the bodies of all dialects have in common: how they are cut into frames (an event of a
 * stream, a line, the whole body), what a frame may hold, and how errors look.
 */
@NullMarked
package dev.candor.protocol.body;

import org.jspecify.annotations.NullMarked;
