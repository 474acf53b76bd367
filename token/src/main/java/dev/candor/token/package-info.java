/** Tokenizers: jtokkit encodings and Hugging Face files. */
@NullMarked
package dev.candor.token;

import org.jspecify.annotations.NullMarked;
