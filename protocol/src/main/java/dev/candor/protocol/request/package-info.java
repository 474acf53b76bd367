/** What the requests of all dialects have in common. */
@NullMarked
package dev.candor.protocol.request;

import org.jspecify.annotations.NullMarked;
