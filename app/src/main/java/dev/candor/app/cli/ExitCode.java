package dev.candor.app.cli;

import dev.candor.analysis.Verdict;
import dev.candor.base.error.ErrorCode;

/** The exit codes that scripts rely on. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int THRESHOLD_FAILED = 1;
  public static final int SOMETHING_LEFT = 1;
  public static final int USAGE = 2;
  public static final int NOT_CARRIED_OUT = 3;
  public static final int CLIENT_LIMITED = 4;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> OK;
      case FAIL -> THRESHOLD_FAILED;
      case INVALID -> CLIENT_LIMITED;
      case ERROR -> NOT_CARRIED_OUT;
      case INTERRUPTED -> INTERRUPTED;
    };
  }

  static int of(ErrorCode code) {
    return switch (code) {
      case USER -> USAGE;
      case TARGET, INTERNAL -> NOT_CARRIED_OUT;
    };
  }
}
