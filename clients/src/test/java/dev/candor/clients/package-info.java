/** Other people's clients against the mock: what they accept, any client will. */
@NullMarked
package dev.candor.clients;

import org.jspecify.annotations.NullMarked;
