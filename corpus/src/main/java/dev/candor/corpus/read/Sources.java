package dev.candor.corpus.read;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens sources and finds out what they are. */
public final class Sources {
  private final ChatJson chat;
  private final Fingerprint fingerprint;
  private final int mostBytes;
  private int opened;

  /**
   * @param mostBytes of a record; a longer one is bad, and is never held
   */
  public Sources(ChatJson chat, Fingerprint fingerprint, int mostBytes) {
    this.chat = chat;
    this.fingerprint = fingerprint;
    this.mostBytes = mostBytes;
  }

  /**
   * Opens {@code file}.
   *
   * @param format null where it is to be found out
   * @throws CandorException where it cannot be read, is empty, or is of no known format
   */
  public RecordSource open(Path file, @Nullable Format format) {
    if (!Files.isRegularFile(file)) {
      throw CandorException.user("%s: there is no such file".formatted(file));
    }
    try {
      return open(file.toString(), file, Files.newInputStream(file), format);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** As {@link #open(Path, Format)}, of a stream, which Parquet cannot be read from. */
  public RecordSource open(String name, InputStream in, @Nullable Format format) {
    return open(name, null, in, format);
  }

  private RecordSource open(
      String name, @Nullable Path file, InputStream in, @Nullable Format format) {
    SourceBytes source = new SourceBytes(name, in);
    boolean taken = false;
    try {
      RecordSource opened = open(name, file, source, format);
      taken = !(opened instanceof ParquetSource);
      return opened;
    } finally {
      if (!taken) {
        close(source);
      }
    }
  }

  private static void close(SourceBytes source) {
    try {
      source.close();
    } catch (IOException e) {
      // It was only looked at.
    }
  }

  private RecordSource open(
      String name, @Nullable Path file, SourceBytes source, @Nullable Format given) {
    long scope = Fingerprint.chain(fingerprint.start("file"), opened++);
    boolean parquet = Detection.isParquet(source);
    byte first = Detection.first(source);
    if (first == 0) {
      throw CandorException.user(
          source.damage() == null
              ? "%s: found an empty file, must have at least one record".formatted(name)
              : "%s:1: %s".formatted(name, source.damage()));
    }
    if (parquet || given == Format.PARQUET) {
      if (!parquet || (given != null && given != Format.PARQUET)) {
        throw CandorException.user(
            "%s: found %s Parquet file, must be %s, as --format says"
                .formatted(name, parquet ? "a" : "no", given == null ? "" : given.key()));
      }
      if (file == null) {
        throw CandorException.user(
            "%s: found Parquet on standard input, must be a file".formatted(name));
      }
      return new ParquetSource(file, name, chat, format -> reader(format, scope), mostBytes);
    }
    boolean json = first == '{' || first == '[';
    if (given != null && given.isTable() && json) {
      throw CandorException.user(
          "%s: found JSON, must be a table with a line of column names, as --format %s says"
              .formatted(name, given.key()));
    }
    Format format = given != null ? given : json ? Detection.ofJson(source) : table(name, source);
    if (format == null) {
      throw CandorException.user(
          "%s: found %s that tell of no format, must be of one of these, or named with --format: %s"
              .formatted(name, json ? "JSON records with fields" : "contents", Format.names()));
    }
    return format.isTable()
        ? new TableSource(name, format, source, chat, mostBytes)
        : new JsonSource(format, source, reader(format, scope), mostBytes);
  }

  private @Nullable Format table(String name, SourceBytes source) {
    String header = Detection.firstLine(source);
    List<String> names = CsvLine.values(header, CsvLine.separator(header));
    Format format = Detection.ofColumns(names);
    if (format == null && names.size() > 1) {
      throw LengthColumns.unknown(names, name + ":1", chat);
    }
    return format;
  }

  private RequestReader reader(Format format, long scope) {
    return switch (format) {
      case OPENAI -> new OpenAiRequests(chat, "openai");
      case BATCH -> new BatchRequests(chat);
      case SHAREGPT -> new ShareGptConversations(chat);
      case LITELLM -> new LiteLlmLogs(chat);
      case LANGFUSE -> new LangfuseObservations(chat);
      case OTEL -> new OtelSpans(chat);
      case MOONCAKE -> BlockTrace.mooncake(chat, scope);
      case BAILIAN -> BlockTrace.bailian(chat, scope);
      case WEKA -> new WekaConversations(chat, fingerprint, scope);
      case LENGTHS, AZURE, BURSTGPT, PARQUET ->
          throw new IllegalArgumentException(format.key() + " is no JSON");
    };
  }
}
