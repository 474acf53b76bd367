/** Anthropic's messages, the client's side: requests out, answers in. */
@NullMarked
package dev.candor.protocol.anthropic;

import org.jspecify.annotations.NullMarked;
