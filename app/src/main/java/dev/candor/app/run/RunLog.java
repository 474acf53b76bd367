package dev.candor.app.run;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import dev.candor.analysis.Summary;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunDirectory;
import dev.candor.report.console.Figures;
import dev.candor.scenario.Scenario;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * candor.log of a run: what was started, each failure of the first few of a kind, what it came to;
 * beside that, whatever the program itself logs. Lines are written by a thread of their own.
 * <b>{@link #failed} is for the writer's thread, the rest for the run's.</b>
 */
final class RunLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  /** A thousand equal lines tell no more than twenty. */
  private static final int SHOWN_OF_A_KIND = 20;

  private final LoggerContext context;
  private final FileAppender<ILoggingEvent> file;
  private final AsyncAppender queue;
  private final Map<Outcome, Integer> failures = new EnumMap<>(Outcome.class);
  private String phase = "";

  private RunLog(LoggerContext context, FileAppender<ILoggingEvent> file, AsyncAppender queue) {
    this.context = context;
    this.file = file;
    this.queue = queue;
  }

  /** Opens the log in {@code directory}. */
  static RunLog open(RunDirectory directory) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %msg%n");
    lines.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setFile(directory.log().toString());
    file.setEncoder(lines);
    file.start();
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(context);
    // A log that falls behind loses lines rather than holding up the writer.
    queue.setNeverBlock(true);
    queue.addAppender(file);
    queue.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
    return new RunLog(context, file, queue);
  }

  void started(Scenario scenario, String target, int loops, String version) {
    LOG.info(
        "candor {}: scenario {}, seed {}, target {}, model {}, {} event loops, {}",
        version,
        scenario.name(),
        scenario.seed(),
        target,
        scenario.target().model(),
        loops,
        Machine.describe());
  }

  /** Notes what it means that the run goes on. */
  void resumed(String note) {
    LOG.info("resumed: {}", note);
  }

  /** Notes where the load is; a line where that has changed. */
  void phase(String now) {
    if (!now.equals(phase)) {
      phase = now;
      LOG.info("phase {}", now);
    }
  }

  /** Notes a failure. */
  void failed(AttemptRecord attempt) {
    int count = failures.merge(attempt.outcome(), 1, Integer::sum);
    if (count <= SHOWN_OF_A_KIND) {
      LOG.info(
          "request {}: {}{}: {}",
          attempt.request(),
          attempt.outcome().key(),
          attempt.httpStatus() == 0 ? "" : " (HTTP " + attempt.httpStatus() + ")",
          attempt.error());
    }
    if (count == SHOWN_OF_A_KIND) {
      LOG.info("further {} requests are counted, not listed", attempt.outcome().key());
    }
  }

  void stopped(String why) {
    LOG.info("stopped; what is in flight is cut: {}", why);
  }

  void drained(String why) {
    LOG.info("nothing more is started; what is in flight goes on to its end: {}", why);
  }

  void interrupted() {
    LOG.info("interrupted by a signal; what is in flight is cut");
  }

  /** Notes what the run came to. */
  void judged(Summary summary) {
    LOG.info("outcomes: {}", Figures.counts(summary.overall().requests().outcomes()));
    summary.notes().forEach(note -> LOG.info("note: {}", note));
    LOG.info("{}", summary.verdictReason());
  }

  @Override
  public void close() {
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(queue);
    queue.stop();
    file.stop();
  }
}
