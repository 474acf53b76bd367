package dev.candor.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.scrub.ScrubRules;
import dev.candor.scrub.Scrubber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * How many megabytes a second one core scrubs of chat texts: mostly prose, some code, lists and
 * logs, messages of 200 to 6,000 characters; with a value to replace every 2 KB, and with one every
 * 100 bytes.
 */
public final class ScrubBench {
  private static final int BYTES = 16 << 20;
  private static final int ROUNDS = 12;

  private static final String[] WORDS = {
    "the",
    "model",
    "that",
    "of",
    "and",
    "is",
    "answers",
    "question",
    "with",
    "a",
    "to",
    "in",
    "for",
    "Could",
    "you",
    "please",
    "explain",
    "how",
    "this",
    "works",
    "when",
    "we",
    "deploy",
    "it",
    "on",
    "several",
    "servers",
    "because",
    "latency",
    "grows",
    "customers",
    "complain",
    "about",
    "slow",
    "responses",
    "Thank",
    "I",
    "would",
    "like",
    "der",
    "die",
    "und",
    "nicht",
    "mit",
    "les",
    "pour",
    "una",
    "que",
    "however",
    "therefore",
    "2024",
    "35",
    "Paris",
    "London",
    "Monday",
    "reports",
    "summary",
    "list"
  };

  private static final String[] LINES = {
    "    for (int i = 0; i < items.size(); i++) { total += items.get(i).price(); }\n",
    "def handle(request: Request) -> Response:\n    return Response(status=200, body=request.body)\n",
    "2026-03-12 10:21:43.120 INFO  [worker-3] o.e.Service - handled id=48213 in 35 ms\n",
    "| name | count | share |\n| --- | --- | --- |\n| alpha | 1,204 | 12.4 % |\n",
    "https://docs.example.org/guide/getting-started.html#install explains it.\n",
    "- first point: keep it simple\n- second point: measure 3 times\n",
    "{\"status\": \"ok\", \"items\": [1, 2, 3], \"elapsed_ms\": 12.5}\n",
    "commit 4f9d2c1e8b7a6f5d4c3b2a1908f7e6d5c4b3a291 fixes the flaky test\n"
  };

  private static final String[] VALUES = {
    "anna%d.schmidt@posteo-mail.de", "+49 171 23%05d", "4242 4242 4242 4242",
        "DE89 3704 0044 0532 0130 00",
    "81.169.13.77", "password=Winter%d!", "sk-proj-AbCdEf0123456789AbCdEf01234567%05d",
        "Dear Jonathan Harrington,",
    "221 Baker Street", "born on 12/03/1985", "https://admin:secret%d@db.host.net/x",
        "SSN 219-09-9999"
  };

  private ScrubBench() {}

  /** Runs all. */
  public static void main(String[] args) {
    for (int every : new int[] {1 << 30, 2048, 100}) {
      measure(every);
    }
  }

  private static void measure(int every) {
    List<String> texts = texts(every);
    long bytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
    Scrubber scrubber = new Scrubber(ScrubRules.builtIn(), "0123456789abcdef".getBytes(UTF_8));
    Clock clock = Clock.system();
    double best = 0;
    List<Double> rates = new ArrayList<>();
    long kept = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = clock.nanoTime();
      for (String text : texts) {
        kept += scrubber.scrub(text).length();
      }
      double rate = bytes / 1e6 / ((clock.nanoTime() - start) / 1e9);
      best = Math.max(best, rate);
      rates.add(rate);
    }
    rates.sort(null);
    double median = rates.get(ROUNDS / 2);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f MB, %,d replaced, best %.1f MB/s, median of %d %.1f MB/s (%d)%n",
        every > BYTES ? "nothing to replace" : "a value every " + every + " bytes",
        bytes / 1e6,
        scrubber.report().total() / ROUNDS,
        best,
        ROUNDS,
        median,
        kept % 10);
  }

  private static List<String> texts(int every) {
    RandomGenerator random = new Seed(11).stream();
    List<String> texts = new ArrayList<>();
    long made = 0;
    int sinceValue = 0;
    int values = 0;
    while (made < BYTES) {
      StringBuilder text = new StringBuilder();
      int length = 200 + random.nextInt(5800);
      while (text.length() < length) {
        int before = text.length();
        if (random.nextInt(60) == 0) {
          text.append('\n').append(LINES[random.nextInt(LINES.length)]);
        } else {
          text.append(WORDS[random.nextInt(WORDS.length)]);
          text.append(random.nextInt(12) == 0 ? ". " : random.nextInt(15) == 0 ? ",\n" : " ");
        }
        sinceValue += text.length() - before;
        if (sinceValue >= every) {
          sinceValue = 0;
          String value = VALUES[random.nextInt(VALUES.length)];
          text.append(value.replaceFirst("%(05)?d", Integer.toString(10_000 + values++ % 89_999)))
              .append(' ');
        }
      }
      texts.add(text.toString());
      made += text.length();
    }
    return texts;
  }
}
