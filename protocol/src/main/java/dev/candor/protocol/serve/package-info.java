/**
 * The server side of the dialects: a request in any of them becomes a {@link
 * dev.candor.protocol.serve.GenerationRequest}, and an {@link
 * dev.candor.protocol.serve.AnswerWriter} makes its stream events or its body. What is answered,
 * and when, is for the caller.
 */
@NullMarked
package dev.candor.protocol.serve;

import org.jspecify.annotations.NullMarked;
