/** OpenAI's chat completions, the client's side: requests out, answers and errors in. */
@NullMarked
package dev.candor.protocol.openai;

import org.jspecify.annotations.NullMarked;
