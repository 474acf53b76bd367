/** Tokenizers: jtokkit encodings and Hugging Face files. */
@NullMarked
package dev.candor.workload.token;

import org.jspecify.annotations.NullMarked;
