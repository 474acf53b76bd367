package dev.candor.corpus.imports;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.read.Answer;
import dev.candor.corpus.read.BadRecord;
import dev.candor.corpus.read.Fingerprint;
import dev.candor.corpus.read.Link;
import dev.candor.corpus.read.Reason;
import dev.candor.corpus.read.SourceRequest;
import java.io.IOException;
import java.nio.file.Path;

/** Puts requests on disk as they come, with what tells their conversation. For one thread. */
final class Stage implements AutoCloseable {
  private static final int[] NONE = {};

  private final boolean lengthsOnly;
  private final int blockTokens;
  private final PromptTokens tokens;
  private final long sessionStart;
  private final long historyStart;
  private final StagedRows rows;
  private final Index index;
  private final Halves halves;
  private long count;
  private boolean linked;
  private boolean conversations;
  private long firstNanos = Long.MAX_VALUE;
  private long recordSession;

  Stage(ImportOptions options, Fingerprint fingerprint, Path folder) throws IOException {
    this.lengthsOnly = options.lengthsOnly();
    this.blockTokens = options.blockTokens();
    this.tokens = new PromptTokens(options.tokenizer(), blockTokens, fingerprint);
    this.sessionStart = fingerprint.start("session");
    this.historyStart = fingerprint.start("history");
    this.rows = new StagedRows(folder.resolve("rows"));
    this.halves = new Halves(rows);
    this.index = new Index(folder.resolve("staged.parquet"), folder, Index.STAGED);
  }

  /** Stages {@code request}, which stands in line {@code line} of source {@code source}. */
  void add(SourceRequest request, int source, long line) throws IOException {
    int input = request.inputTokens();
    boolean known = !request.messages().isEmpty();
    if (known) {
      tokens.take(request.messages());
      input = input > 0 ? input : tokens.count();
    }
    if (input < 1) {
      throw new BadRecord(Reason.BAD_LENGTH, "found an input of 0 tokens, must be at least 1");
    }
    boolean ownBlocks = request.blockTokens() == 0 && known;
    long[] blocks = ownBlocks ? tokens.blocks(input) : request.blocks();
    boolean ordered = request.link() instanceof Link.Turn;
    Link.Turn turn = request.link() instanceof Link.Turn given ? given : null;
    StagedRow row =
        new StagedRow(
            ordered,
            turn == null ? NONE : turn.after(),
            turn == null ? CorpusRow.NONE : turn.waitNanos(),
            request.requestClass(),
            input,
            output(request),
            Math.min(request.cachedTokens(), input),
            blocks.length == 0 ? 0 : ownBlocks ? blockTokens : request.blockTokens(),
            blocks,
            known && !lengthsOnly ? MessagesJson.text(request.messages()) : null,
            lengthsOnly || request.answer() == null ? null : request.answer().text(),
            source,
            line);
    if (request.link() instanceof Link.Half(String id, boolean answer)) {
      halves.add(Fingerprint.chain(historyStart, id), answer, row, this::addAlone);
    } else {
      add(request, rows.append(row));
    }
  }

  private void addAlone(long place) throws IOException {
    long sequence = count++;
    index.add(
        new IndexEntry(
            sequence,
            place,
            UNKNOWN_TIME,
            UNKNOWN_TIME,
            Fingerprint.chain(sessionStart, sequence),
            Histories.NONE));
  }

  private int output(SourceRequest request) {
    Answer answer = request.answer();
    if (request.outputTokens() >= 0 || answer == null) {
      return request.outputTokens() >= 0 ? request.outputTokens() : CorpusRow.NONE;
    }
    return tokens.count(answer);
  }

  private void add(SourceRequest request, long place) throws IOException {
    long sequence = count++;
    long session = 0;
    Histories histories = Histories.NONE;
    switch (request.link()) {
      case Link.Alone() -> session = Fingerprint.chain(sessionStart, sequence);
      case Link.Half half -> throw new IllegalArgumentException("half a request: " + half.answer());
      case Link.Session(String id) -> session = Fingerprint.chain(sessionStart, id);
      case Link.Turn(int turn, int[] after, long wait) -> {
        if (turn == 0) {
          recordSession = Fingerprint.chain(sessionStart, sequence);
        }
        session = recordSession;
      }
      case Link.Parent(String id, String parent) -> {
        linked = true;
        histories =
            new Histories(
                Fingerprint.chain(historyStart, id),
                0,
                parent == null ? 0 : Fingerprint.chain(historyStart, parent),
                0);
      }
      case Link.History() -> {
        linked = true;
        histories = Histories.of(request.messages(), request.answer(), historyStart);
      }
    }
    conversations |= !(request.link() instanceof Link.Alone);
    if (request.startNanos() != UNKNOWN_TIME) {
      firstNanos = Math.min(firstNanos, request.startNanos());
    }
    index.add(
        new IndexEntry(
            sequence, place, request.startNanos(), request.endNanos(), session, histories));
  }

  void finish() throws IOException {
    halves.finish(this::addAlone);
    rows.finish();
    index.finish();
  }

  /** Requests so far, those that wait for their other half among them. */
  long count() {
    return count + halves.waiting();
  }

  StagedRows rows() {
    return rows;
  }

  Index index() {
    return index;
  }

  /** Whether any row is to be found by its fingerprints. */
  boolean linked() {
    return linked;
  }

  /** Whether rows may belong together. */
  boolean conversations() {
    return conversations;
  }

  long firstNanos() {
    return firstNanos;
  }

  @Override
  public void close() throws IOException {
    try (rows) {
      index.close();
    }
  }
}
