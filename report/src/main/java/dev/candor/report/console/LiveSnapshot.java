package dev.candor.report.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run while it lasts. Latencies in milliseconds, null where too little has been measured. */
public record LiveSnapshot(
    double elapsedS,
    double totalS,
    String phase,
    int users,
    int inFlight,
    long completed,
    long failed,
    double outputTps,
    @Nullable Double ttftP50,
    @Nullable Double ttftP99,
    @Nullable Double itlP50,
    @Nullable Double itlP99,
    @Nullable Double goodput,
    Map<String, Long> errors,
    boolean clientLimited) {}
