package dev.candor.corpus.imports;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Rows on disk, appended one after the other, then read from any place. For one thread. */
final class StagedRows implements Closeable {
  private final Path file;
  private final Counted counted;
  private final DataOutputStream out;
  private long flushed;
  private @Nullable FileChannel channel;
  private @Nullable Following in;

  StagedRows(Path file) throws IOException {
    this.file = file;
    this.counted = new Counted(new BufferedOutputStream(Files.newOutputStream(file), 1 << 18));
    this.out = new DataOutputStream(counted);
  }

  /** Returns the row's place. */
  long append(StagedRow row) throws IOException {
    long place = counted.count;
    row.write(out);
    return place;
  }

  void finish() throws IOException {
    out.close();
  }

  /** The row at {@code place}, written just now as well; quick where it is behind the last. */
  StagedRow read(long place) throws IOException {
    FileChannel from = channel;
    if (from == null) {
      from = FileChannel.open(file, StandardOpenOption.READ);
      channel = from;
    }
    if (place >= flushed) {
      out.flush();
      flushed = counted.count;
    }
    Following reader = in;
    if (reader == null || reader.place != place) {
      from.position(place);
      reader = new Following(from, place);
      in = reader;
    }
    return StagedRow.read(new DataInputStream(reader));
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (channel != null) {
      channel.close();
    }
  }

  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }

  /** Knows where in the file it is. */
  private static final class Following extends BufferedInputStream {
    private long place;

    Following(FileChannel channel, long place) {
      super(Channels.newInputStream(channel), 1 << 15);
      this.place = place;
    }

    @Override
    public synchronized int read() throws IOException {
      int value = super.read();
      place += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      place += Math.max(0, count);
      return count;
    }
  }
}
