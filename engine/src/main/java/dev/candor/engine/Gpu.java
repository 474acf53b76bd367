package dev.candor.engine;

/**
 * The accelerators of one replica.
 *
 * @param count how many share the model (tensor parallelism)
 * @param memoryGib of one
 * @param utilization share of the memory that the engine may use, as vLLM's {@code
 *     gpu_memory_utilization}
 */
public record Gpu(String name, int count, double memoryGib, double utilization) {}
