/** OpenAI's dialects, the client's side: requests out, answers in. */
@NullMarked
package dev.candor.protocol.openai;

import org.jspecify.annotations.NullMarked;
