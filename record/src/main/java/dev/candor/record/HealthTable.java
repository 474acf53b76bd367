package dev.candor.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The columns of client.parquet, in the order of {@link HealthWindow}. */
final class HealthTable {
  static final String CREATE =
      """
      CREATE TABLE client (
        second INTEGER, loop_delay_p99_ns BIGINT, send_lateness_p99_ns BIGINT,
        gc_pause_max_ns BIGINT, safepoint_max_ns BIGINT, allocation_stall_max_ns BIGINT,
        cpu DOUBLE, steal DOUBLE, run_queue DOUBLE, preemptions BIGINT,
        receive_queue_max_bytes BIGINT, receive_waiting DOUBLE,
        writer_backlog BIGINT, writer_lag_ns BIGINT, writer_dropped BIGINT,
        in_flight DOUBLE, users INTEGER, token_events BIGINT,
        heap_used BIGINT, heap_after_gc BIGINT, rss BIGINT, open_files BIGINT, threads BIGINT,
        connections BIGINT, new_connections BIGINT)
      """;

  /** Columns before those of the memory. */
  private static final int FIRST_OF_MEMORY = 18;

  private HealthTable() {}

  static void append(DuckDBAppender appender, HealthWindow window) throws SQLException {
    HealthWindow.Pauses pauses = window.pauses();
    HealthWindow.Cpu cpu = window.cpu();
    HealthWindow.Queues queues = window.queues();
    appender.beginRow();
    appender.append(window.second());
    appender.append(window.loopDelayP99Nanos());
    appender.append(window.sendLatenessP99Nanos());
    known(appender, pauses.gcNanos());
    known(appender, pauses.safepointNanos());
    known(appender, pauses.allocationStallNanos());
    appender.append(cpu.share());
    known(appender, cpu.stealShare());
    known(appender, cpu.runQueueShare());
    known(appender, cpu.preemptions());
    known(appender, queues.receiveMaxBytes());
    known(appender, queues.receiveWaitingShare());
    appender.append(queues.writerAttempts());
    appender.append(queues.writerLagNanos());
    appender.append(queues.writerDropped());
    appender.append(window.inFlight());
    appender.append(window.users());
    appender.append(window.tokenEvents());
    HealthWindow.Memory memory = window.memory();
    known(appender, memory.heapUsedBytes());
    known(appender, memory.heapAfterGcBytes());
    known(appender, memory.residentBytes());
    known(appender, memory.openFiles());
    known(appender, memory.threads());
    known(appender, memory.connections());
    known(appender, memory.newConnections());
    appender.endRow();
  }

  static HealthWindow read(ResultSet row) throws SQLException {
    return new HealthWindow(
        row.getInt("second"),
        row.getLong("loop_delay_p99_ns"),
        row.getLong("send_lateness_p99_ns"),
        new HealthWindow.Pauses(
            count(row, "gc_pause_max_ns"),
            count(row, "safepoint_max_ns"),
            count(row, "allocation_stall_max_ns")),
        new HealthWindow.Cpu(
            row.getDouble("cpu"),
            share(row, "steal"),
            share(row, "run_queue"),
            count(row, "preemptions")),
        new HealthWindow.Queues(
            count(row, "receive_queue_max_bytes"),
            share(row, "receive_waiting"),
            row.getLong("writer_backlog"),
            row.getLong("writer_lag_ns"),
            row.getLong("writer_dropped")),
        row.getDouble("in_flight"),
        row.getInt("users"),
        row.getLong("token_events"),
        memory(row));
  }

  private static HealthWindow.Memory memory(ResultSet row) throws SQLException {
    // Runs of before 2026-12 lack the columns.
    return row.getMetaData().getColumnCount() <= FIRST_OF_MEMORY
        ? HealthWindow.Memory.UNKNOWN
        : new HealthWindow.Memory(
            count(row, "heap_used"),
            count(row, "heap_after_gc"),
            count(row, "rss"),
            count(row, "open_files"),
            count(row, "threads"),
            count(row, "connections"),
            count(row, "new_connections"));
  }

  private static void known(DuckDBAppender appender, @Nullable Long value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else {
      appender.append(value.longValue());
    }
  }

  private static void known(DuckDBAppender appender, @Nullable Double value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else {
      appender.append(value.doubleValue());
    }
  }

  private static @Nullable Long count(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }

  private static @Nullable Double share(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(value);
  }
}
