/** A team's own application, the client's side: templates out, pointers into what comes back. */
@NullMarked
package dev.candor.protocol.generic;

import org.jspecify.annotations.NullMarked;
