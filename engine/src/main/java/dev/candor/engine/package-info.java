/**
 * The inference-engine simulator: continuous batching, KV blocks, prefix cache and preemption by
 * the rules of vLLM V1, and the profiles that say how long a step takes. No clock, no threads; time
 * comes in as a parameter.
 */
@NullMarked
package dev.candor.engine;

import org.jspecify.annotations.NullMarked;
