package dev.candor.mock.metrics;

/**
 * The GPUs of one replica.
 *
 * @param count of them
 * @param usedMib that the engine has taken for itself, of each
 * @param watt at full load
 */
public record GpuShape(String name, int count, double memoryMib, double usedMib, double watt) {}
