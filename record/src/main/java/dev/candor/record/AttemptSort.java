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

/** Sorts a log of attempts in bounded memory. For one thread. */
final class AttemptSort {
  /*
   * A frame's payload begins with intended and request, the sort key. To sort any number of them in
   * bounded memory, the log is read in pieces, each sorted and written to a second file, and the
   * pieces are merged. A run that fits in one piece, as most do, is sorted without the second file.
   */
  private static final int BUFFER = 1 << 20;
  private static final int HEAD = FrameLog.HEAD;
  private static final int MERGE_BUFFER = 1 << 15;

  /** Bytes that are sorted in memory. */
  static final int AT_ONCE = 32 << 20;

  private final Path file;
  private final long size;
  private final Path sortedFile;
  private final int piece;
  private final AttemptBytes bytes = new AttemptBytes();

  /**
   * @param size of the log's part that is read: whole frames all
   * @param piece bytes that are sorted at once, in memory
   */
  AttemptSort(Path file, long size, int piece) {
    this.file = file;
    this.size = size;
    this.sortedFile = file.resolveSibling(file.getFileName() + ".sorted");
    this.piece = piece;
  }

  /** Hands over every attempt, by instant of intent and then by number. */
  void inOrder(AttemptLog.Receiver receiver) throws IOException {
    if (size <= piece) {
      byte[] all = new byte[(int) size];
      try (DataInputStream in = new DataInputStream(open(file, 0, BUFFER))) {
        in.readFully(all);
      }
      for (int at : sorted(all, all.length)) {
        receiver.accept(attempt(all, at));
      }
      return;
    }
    try {
      merge(sortPieces(), receiver);
    } finally {
      Files.deleteIfExists(sortedFile);
    }
  }

  private AttemptRecord attempt(byte[] all, int at) {
    int length = ByteBuffer.wrap(all).getInt(at);
    System.arraycopy(all, at + HEAD, bytes.room(length), 0, length);
    return bytes.read();
  }

  /** Where the frames in {@code length} bytes begin, in the order of their keys. */
  private static int[] sorted(byte[] all, int length) {
    ByteBuffer frames = ByteBuffer.wrap(all, 0, length);
    List<Key> keys = new ArrayList<>();
    for (int at = 0; at < length; at += HEAD + frames.getInt(at)) {
      keys.add(new Key(frames.getLong(at + HEAD), frames.getLong(at + HEAD + 8), at));
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
  private long[] sortPieces() throws IOException {
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
          int frame = HEAD + in.readInt();
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
          out.write(frames, at, HEAD + lengths.getInt(at));
        }
        done += filled;
      }
      bounds.add(size);
    }
    return bounds.stream().mapToLong(Long::longValue).toArray();
  }

  private void merge(long[] bounds, AttemptLog.Receiver receiver) throws IOException {
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
      length = in.readInt();
      var _ = in.readInt();
      key = new Key(in.readLong(), in.readLong(), 0);
      left -= HEAD + length;
      return true;
    }

    void readInto(AttemptBytes bytes) throws IOException {
      // The key is behind us already, and in the rest again.
      in.readFully(bytes.room(length), AttemptBytes.KEY, length - AttemptBytes.KEY);
    }

    @Override
    public int compareTo(Piece other) {
      return key.compareTo(other.key);
    }
  }
}
