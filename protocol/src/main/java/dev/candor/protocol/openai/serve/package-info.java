/** The server side of OpenAI chat completions: reads requests, writes answers. */
@NullMarked
package dev.candor.protocol.openai.serve;

import org.jspecify.annotations.NullMarked;
