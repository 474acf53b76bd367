package dev.candor.record;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The attempts of a run that lasts, in a file, in the order of their end; afterwards they are
 * handed over in the order of intent. <b>For one thread.</b>
 */
final class AttemptLog implements AutoCloseable {
  /*
   * A frame is the length of what follows, intended, request (the sort key) and the attempt's
   * bytes. To sort any number of them in bounded memory, the log is read in pieces, each sorted
   * and written to a second file, and the pieces are merged. A run that fits in one piece, as most
   * do, is sorted without the second file.
   */
  private static final int BUFFER = 1 << 20;
  private static final int KEY = 16;
  private static final int MERGE_BUFFER = 1 << 15;

  private final Path file;
  private final Path sortedFile;
  private final int piece;
  private final FileChannel channel;
  private final AttemptBytes bytes = new AttemptBytes();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** Takes the attempts one by one. */
  interface Receiver {
    void accept(AttemptRecord attempt) throws IOException;
  }

  /**
   * @param piece bytes that are sorted at once, in memory
   */
  AttemptLog(Path file, int piece) throws IOException {
    this.file = file;
    this.sortedFile = file.resolveSibling(file.getFileName() + ".sorted");
    this.piece = piece;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  void append(AttemptRecord attempt) throws IOException {
    bytes.write(attempt);
    int frame = 4 + KEY + bytes.length();
    if (buffer.remaining() < frame) {
      flush();
    }
    if (buffer.remaining() >= frame) {
      frame(buffer, attempt);
      return;
    }
    ByteBuffer large = ByteBuffer.allocate(frame);
    frame(large, attempt);
    writeAll(large);
  }

  private void frame(ByteBuffer to, AttemptRecord attempt) {
    to.putInt(KEY + bytes.length());
    to.putLong(attempt.intended());
    to.putLong(attempt.request());
    to.put(bytes.array(), 0, bytes.length());
  }

  /** Hands all that was appended to the operating system. */
  void flush() throws IOException {
    writeAll(buffer);
  }

  private void writeAll(ByteBuffer from) throws IOException {
    from.flip();
    try {
      while (from.hasRemaining()) {
        channel.write(from);
      }
    } finally {
      // What a full disk did not take is not to be written twice.
      from.compact();
    }
  }

  /** Hands over every attempt, by instant of intent and then by number. */
  void inOrder(Receiver receiver) throws IOException {
    flush();
    long size = channel.size();
    if (size <= piece) {
      byte[] all = Files.readAllBytes(file);
      for (int at : sorted(all, all.length)) {
        receiver.accept(attempt(all, at));
      }
      return;
    }
    try {
      merge(sortPieces(size), receiver);
    } finally {
      Files.deleteIfExists(sortedFile);
    }
  }

  private AttemptRecord attempt(byte[] all, int at) {
    int length = ByteBuffer.wrap(all).getInt(at) - KEY;
    System.arraycopy(all, at + 4 + KEY, bytes.room(length), 0, length);
    return bytes.read();
  }

  /** Where the frames in {@code length} bytes begin, in the order of their keys. */
  private static int[] sorted(byte[] all, int length) {
    ByteBuffer frames = ByteBuffer.wrap(all, 0, length);
    List<Key> keys = new ArrayList<>();
    for (int at = 0; at < length; at += 4 + frames.getInt(at)) {
      keys.add(new Key(frames.getLong(at + 4), frames.getLong(at + 12), at));
    }
    return keys.stream().sorted().mapToInt(Key::at).toArray();
  }

  private record Key(long intended, long request, int at) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byIntent = Long.compare(intended, other.intended);
      return byIntent != 0 ? byIntent : Long.compare(request, other.request);
    }
  }

  /** Writes the second file; where its sorted pieces begin, and its end. */
  private long[] sortPieces(long size) throws IOException {
    List<Long> bounds = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(open(file, 0, BUFFER));
        OutputStream out = Files.newOutputStream(sortedFile)) {
      byte[] frames = new byte[piece];
      long done = 0;
      while (done < size) {
        bounds.add(done);
        int filled = 0;
        in.mark(4);
        while (done + filled < size) {
          in.mark(4);
          int frame = 4 + in.readInt();
          in.reset();
          if (filled > 0 && filled + frame > piece) {
            break;
          }
          if (frame > frames.length) {
            frames = Arrays.copyOf(frames, frame);
          }
          in.readFully(frames, filled, frame);
          filled += frame;
        }
        ByteBuffer lengths = ByteBuffer.wrap(frames);
        for (int at : sorted(frames, filled)) {
          out.write(frames, at, 4 + lengths.getInt(at));
        }
        done += filled;
      }
      bounds.add(size);
    }
    return bounds.stream().mapToLong(Long::longValue).toArray();
  }

  private void merge(long[] bounds, Receiver receiver) throws IOException {
    PriorityQueue<Piece> pieces = new PriorityQueue<>();
    List<Piece> open = new ArrayList<>();
    try {
      for (int i = 0; i + 1 < bounds.length; i++) {
        Piece next =
            new Piece(
                new DataInputStream(open(sortedFile, bounds[i], MERGE_BUFFER)),
                bounds[i + 1] - bounds[i]);
        open.add(next);
        next.advance();
        pieces.add(next);
      }
      for (Piece least = pieces.poll(); least != null; least = pieces.poll()) {
        least.readInto(bytes);
        receiver.accept(bytes.read());
        if (least.advance()) {
          pieces.add(least);
        }
      }
    } finally {
      for (Piece each : open) {
        each.in.close();
      }
    }
  }

  private static InputStream open(Path file, long from, int bufferSize) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channel.position(from);
    return new BufferedInputStream(Channels.newInputStream(channel), bufferSize);
  }

  /** A sorted part of the second file, at its first frame that was not yet handed over. */
  private static final class Piece implements Comparable<Piece> {
    final DataInputStream in;
    private long left;
    private int length;
    private Key key = new Key(0, 0, 0);

    Piece(DataInputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    boolean advance() throws IOException {
      if (left == 0) {
        return false;
      }
      length = in.readInt() - KEY;
      key = new Key(in.readLong(), in.readLong(), 0);
      left -= 4 + KEY + length;
      return true;
    }

    void readInto(AttemptBytes bytes) throws IOException {
      in.readFully(bytes.room(length), 0, length);
    }

    @Override
    public int compareTo(Piece other) {
      return key.compareTo(other.key);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Removes the file. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
