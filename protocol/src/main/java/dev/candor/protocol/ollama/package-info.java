/** Ollama's own dialects, the client's side: requests out, answers in. */
@NullMarked
package dev.candor.protocol.ollama;

import org.jspecify.annotations.NullMarked;
