package dev.candor.protocol.serve;

/**
 * A tool that the model may call.
 *
 * @param parametersSchema JSON Schema of its arguments as compact text, {@code {}} where there is
 *     none
 */
public record ToolDefinition(String name, String parametersSchema) {}
